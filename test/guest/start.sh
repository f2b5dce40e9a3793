# The guest's first process in the host's root, run by busybox sh: mount what BPF work wants, run the command, report.
guest=/run/guest
. $guest/config
# busybox programs come last in PATH: the host's own are meant (ip, tc, ping), busybox fills gaps such as modprobe.
$guest/bin/busybox --install -s $guest/bin
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$guest/bin HOME=/root TERM=dumb LC_ALL=C.UTF-8
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t bpf bpf /sys/fs/bpf
mount -t debugfs debugfs /sys/kernel/debug
mount -t tracefs tracefs /sys/kernel/tracing
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ln -sf /proc/self/fd /dev/fd
ln -sf /proc/self/fd/0 /dev/stdin
ln -sf /proc/self/fd/1 /dev/stdout
ln -sf /proc/self/fd/2 /dev/stderr
mkdir -p /lib/modules/$(uname -r)
mount --bind "$module_tree" /lib/modules/$(uname -r)
echo $guest/bin/modprobe >/proc/sys/kernel/modprobe
hostname guest
ip link set lo up
number=0
for directory in $shares; do
  mkdir -p $directory
  mount -t virtiofs share$number $directory
  number=$((number + 1))
done
for name in $modules; do modprobe $name; done

for number in 1 2 3; do stty -F /dev/ttyS$number raw -echo -opost; done
mkfifo /run/guest/stdout /run/guest/stderr
cat /run/guest/stdout >/dev/ttyS1 & print_stdout=$!
cat /run/guest/stderr >/dev/ttyS2 & print_stderr=$!
cut -d' ' -f1 /proc/uptime | sed 's/^/ready /' >/dev/ttyS3
cd "$working_directory"
setsid /bin/sh $guest/command </dev/null >/run/guest/stdout 2>/run/guest/stderr
status=$?
for directory in /proc/[0-9]*; do # whatever the command left behind holds the pipes open
  pid=${directory#/proc/}
  case $pid in 1 | $print_stdout | $print_stderr) continue ;; esac
  readlink $directory/exe >/dev/null && kill -9 $pid 2>/dev/null
done
wait $print_stdout $print_stderr
sync
echo "exit $status" >/dev/ttyS3
stty -F /dev/ttyS3 -a >/dev/null # drains
reboot -f
