-- Shows in Wireshark and tshark what netcap writes of a packet besides what they know: see pcapng.md beside this file.
--
--     tshark -X lua_script:netcap.lua -r trace.pcapng -V
--     cp netcap.lua ~/.local/lib/wireshark/plugins/
--
-- Wireshark's Lua does not hand a packet's options to dissectors. So there are two parts: a reader that looks through
-- every pcapng file when it is opened, remembers netcap's options by the packet's number, and then leaves the file to
-- Wireshark's own reader; and a dissector that shows what was remembered. What comes in later, from a capture that is
-- still running, is shown when the file is loaded again (Ctrl+R).

local SECTION, OBSOLETE_PACKET, SIMPLE_PACKET, PACKET = 0x0a0d0d0a, 2, 3, 6
local PROCESS_OPTION, CUSTOM_OPTION = 8, 2989
local ENTERPRISE, MARK = 32473, "ncap"
local PACKET_HEADER = 20
local MOST_BLOCK = 16 * 1024 * 1024

local netcap = Proto("netcap", "netcap")

local directions = {
  [0] = "host", [1] = "broadcast", [2] = "multicast", [3] = "other host", [4] = "outgoing",
}
local field = {
  process = ProtoField.uint32("netcap.process", "Process"),
  thread = ProtoField.uint32("netcap.thread", "Thread"),
  version = ProtoField.uint8("netcap.version", "Version"),
  flags = ProtoField.uint16("netcap.flags", "Flags", base.HEX),
  ethernet = ProtoField.bool("netcap.flags.mac", "MAC header is the packet's own", 16, nil, 0x01),
  vlan = ProtoField.bool("netcap.flags.vlan", "VLAN tag was in the metadata", 16, nil, 0x02),
  truncated = ProtoField.bool("netcap.flags.truncated", "Not all of it could be read", 16, nil, 0x04),
  received = ProtoField.bool("netcap.flags.received", "Came in through a device", 16, nil, 0x08),
  packet_type = ProtoField.uint16("netcap.flags.type", "Packet type", base.DEC, directions, 0x70),
  reason = ProtoField.uint32("netcap.reason", "Reason"),
  interface = ProtoField.uint32("netcap.interface", "Interface index"),
  processor = ProtoField.uint32("netcap.processor", "CPU"),
  protocol = ProtoField.uint32("netcap.protocol", "EtherType of the kernel", base.HEX),
  location = ProtoField.string("netcap.location", "Location"),
}
netcap.fields = field

-- By the packet's number: the bytes of the options' values.
local processes, customs = {}, {}

-- Remember the options in `bytes` from `place` on; `order` is "<" or ">".
local function remember(number, bytes, place, order)
  while place + 3 <= #bytes do
    local code, length = Struct.unpack(order .. "I2I2", bytes, place)
    if code == 0 then return end
    local value = bytes:sub(place + 4, place + 3 + length)
    if code == PROCESS_OPTION and length == 8 then
      processes[number] = { Struct.unpack(order .. "I4I4", value) }
    elseif code == CUSTOM_OPTION and length >= 8 then
      local enterprise = Struct.unpack(order .. "I4", value)
      if enterprise == ENTERPRISE and value:sub(5, 8) == MARK then customs[number] = value:sub(5) end
    end
    place = place + 4 + length + (-length) % 4
  end
end

-- Go through all blocks of a file.
local function look_through(file)
  local number, order = 0, "<"
  while true do
    local head = file:read(8)
    if head == nil or #head < 8 then return end
    local kind, length = Struct.unpack(order .. "I4I4", head)
    local body
    if kind == SECTION then
      body = file:read(4)
      if body == nil or #body < 4 then return end
      order = body == "\x4d\x3c\x2b\x1a" and "<" or ">"
      length = Struct.unpack(order .. "I4", head, 5)
    end
    local rest = length - 8 - (body and #body or 0)
    if rest < 0 or rest > MOST_BLOCK then return end
    body = file:read(rest)
    if body == nil or #body < rest then return end
    if kind == PACKET or kind == SIMPLE_PACKET or kind == OBSOLETE_PACKET then number = number + 1 end
    if kind == PACKET and rest >= PACKET_HEADER + 4 then
      local captured = Struct.unpack(order .. "I4", body, 13)
      remember(number, body:sub(1, -5), PACKET_HEADER + 1 + captured + (-captured) % 4, order)
    end
  end
end

local reader = FileHandler.new("netcap's options", "netcap_options", "Looks for netcap's options", "rms")

function reader.read_open(file)
  processes, customs = {}, {}
  local start = file:read(4)
  if start == "\x0a\x0d\x0d\x0a" then
    file:seek("set", 0)
    look_through(file)
  end
  return false
end

-- Wireshark wants them; no file is ever taken, so they are not called.
function reader.read() return false end
function reader.seek_read() return false end

register_filehandler(reader)

function netcap.dissector(_, pinfo, tree)
  local process, custom = processes[pinfo.number], customs[pinfo.number]
  if process == nil and custom == nil then return end
  local branch = tree:add(netcap, "netcap")
  if process ~= nil then
    branch:add(field.process, process[1])
    branch:add(field.thread, process[2])
  end
  if custom == nil or #custom < 24 then return end
  local version, fixed = custom:byte(5, 6)
  branch:add(field.version, version)
  if version ~= 1 then return end
  local flags, reason, interface, processor, protocol = Struct.unpack("<I2I4I4I4I4", custom, 7)
  local flag_branch = branch:add(field.flags, flags)
  for _, one in ipairs({ field.ethernet, field.vlan, field.truncated, field.received, field.packet_type }) do
    flag_branch:add(one, flags)
  end
  branch:add(field.reason, reason)
  branch:add(field.interface, interface)
  branch:add(field.processor, processor)
  branch:add(field.protocol, protocol)
  if #custom > fixed then branch:add(field.location, custom:sub(fixed + 1)) end
end

register_postdissector(netcap)
