#!/bin/busybox sh
# The guest's /init, in the initramfs: put the host's root file system under a writable layer and go there.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
for name in virtio_pci virtiofs overlay; do modprobe -q $name; done
mkdir -p /host /layer /merged
mount -t virtiofs -o ro root /host || exec reboot -f
mount -t tmpfs tmpfs /layer
mkdir /layer/upper /layer/work
mount -t overlay -o lowerdir=/host,upperdir=/layer/upper,workdir=/layer/work root /merged || exec reboot -f
mount -t tmpfs tmpfs /merged/run
mkdir /merged/run/guest
cp -r /guest/. /merged/run/guest/
mkdir /merged/run/guest/bin
cp /bin/busybox /merged/run/guest/bin/
for directory in proc sys dev; do mount --move /$directory /merged/$directory; done
exec switch_root /merged /run/guest/bin/busybox sh /run/guest/start.sh
