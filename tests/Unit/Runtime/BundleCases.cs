using System.Collections.Frozen;
using Boreal.Engine.Containers.Spec;
using static Boreal.Tests.Unit.Runtime.BundleCase;

namespace Boreal.Tests.Unit.Runtime;

/// <summary>The requests of the golden bundles by name; what each asked for stands in cases.json.</summary>
internal static class BundleCases
{
    private const long Mebibyte = 1 << 20;

    private const string Target = "container:3b1e7a0d5c9f3b1e7a0d5c9f3b1e7a0d5c9f3b1e7a0d5c9f3b1e7a0d5c9f3b1e";

    public static FrozenDictionary<string, BundleCase> All { get; } =
        ((IEnumerable<KeyValuePair<string, BundleCase>>)[.. Privileges(), .. Limits(), .. Processes(), .. Modes(), .. Binds(), .. FileSystems()]).ToFrozenDictionary();

    private static Dictionary<string, BundleCase> Privileges() => new()
    {
        ["default"] = new(spec => spec),
        ["privileged"] = Security(security => security with { Privileged = true }),
        ["privileged-cap-drop"] = Security(security => security with { Privileged = true, CapDrop = ["ALL"] }),
        ["privileged-seccomp-custom"] = Security(security => security with { Privileged = true, SecurityOptions = ["seccomp=" + GoldenBundle.Text("custom-profile.json")] }),
        ["cap-add"] = Security(security => security with { CapAdd = ["NET_ADMIN", "sys_ptrace"] }),
        ["cap-add-sys-admin"] = Security(security => security with { CapAdd = ["CAP_SYS_ADMIN"] }),
        ["cap-add-all"] = Security(security => security with { CapAdd = ["ALL"] }),
        ["cap-add-all-drop"] = Security(security => security with { CapAdd = ["ALL"], CapDrop = ["SYS_ADMIN", "NET_RAW"] }),
        ["cap-drop-all"] = Security(security => security with { CapDrop = ["ALL"] }),
        ["cap-drop-all-add"] = Security(security => security with { CapDrop = ["ALL"], CapAdd = ["NET_BIND_SERVICE", "CHOWN"] }),
        ["cap-drop"] = Security(security => security with { CapDrop = ["CHOWN", "MKNOD"] }),
        ["seccomp-unconfined"] = Security(security => security with { SecurityOptions = ["seccomp=unconfined"] }),
        ["seccomp-custom"] = Security(security => security with { SecurityOptions = ["seccomp=" + GoldenBundle.Text("custom-profile.json")] }),
        ["no-new-privileges"] = Security(security => security with { SecurityOptions = ["no-new-privileges"] }),
        // The client resolves systempaths=unconfined into two empty lists.
        ["systempaths-unconfined"] = Security(security => security with { MaskedPaths = [], ReadonlyPaths = [] }),
        ["device"] = Security(security => security with { Devices = [new("/dev/null", "/dev/xnull", "rwm"), new("/dev/zero", "/dev/zero", "rwm")] }),
        ["device-permissions"] = Security(security => security with { Devices = [new("/dev/null", "/dev/xnull", "r")] }),
        ["device-cgroup-rule"] = Security(security => security with { DeviceCgroupRules = ["c 1:* rwm", "b 7:0 r", "a *:* rm"] }),
        ["sysctl"] = Security(security => security with
        {
            Sysctls = new Dictionary<string, string> { ["net.ipv4.ip_forward"] = "1", ["kernel.shmmax"] = "1000000", ["net.ipv4.ip_unprivileged_port_start"] = "1024" },
        }),
    };

    private static Dictionary<string, BundleCase> Limits() => new()
    {
        ["memory"] = Resources(resources => resources with { Memory = 64 * Mebibyte, MemorySwap = 128 * Mebibyte }),
        ["memory-swap"] = Resources(resources => resources with { Memory = 64 * Mebibyte, MemorySwap = 100 * Mebibyte }),
        ["memory-swap-unlimited"] = Resources(resources => resources with { Memory = 64 * Mebibyte, MemorySwap = -1 }),
        ["memory-reservation"] = Resources(resources => resources with { Memory = 64 * Mebibyte, MemorySwap = 128 * Mebibyte, MemoryReservation = 32 * Mebibyte }),
        ["memory-swappiness"] = Resources(resources => resources with { Memory = 64 * Mebibyte, MemorySwap = 128 * Mebibyte, MemorySwappiness = 20 }),
        ["oom-kill-disable"] = Resources(resources => resources with { Memory = 64 * Mebibyte, MemorySwap = 128 * Mebibyte, OomKillDisable = true }),
        ["oom-score-adj"] = Resources(resources => resources with { OomScoreAdj = 300 }),
        ["cpus"] = Resources(resources => resources with { NanoCpus = 1_500_000_000 }),
        ["cpu-shares"] = Resources(resources => resources with { CpuShares = 512 }),
        ["cpu-quota"] = Resources(resources => resources with { CpuPeriod = 50_000, CpuQuota = 25_000 }),
        ["cpuset"] = Resources(resources => resources with { CpusetCpus = "0-1", CpusetMems = "0" }),
        ["pids-limit"] = Resources(resources => resources with { PidsLimit = 50 }),
        ["pids-unlimited"] = Resources(resources => resources with { PidsLimit = -1 }),
        // The kernel it was recorded on has no weights: create discarded it with a warning.
        ["blkio-weight"] = Resources(resources => resources),
        ["ulimit"] = Resources(resources => resources with { Ulimits = [new("core", -1, -1), new("nofile", 1024, 2048), new("nproc", 100, 100)] }),
        ["cgroup-parent"] = Resources(resources => resources with { CgroupParent = "/other/parent" }),
    };

    private static Dictionary<string, BundleCase> Processes() => new()
    {
        ["init"] = Process(process => process with { Init = true }),
        ["user-name-group"] = Process(process => process with { User = "alice:audio" }),
        ["user-name"] = Process(process => process with { User = "alice" }),
        ["user-numeric"] = Process(process => process with { User = "1234:5678" }),
        ["user-numeric-known"] = Process(process => process with { User = "1000" }),
        ["group-add"] = Process(process => process with { AdditionalGroups = ["audio", "777"] }),
        ["user-group-add"] = Process(process => process with { User = "daemon", AdditionalGroups = ["wheel", "audio"] }),
        ["hostname"] = Process(process => process with { Hostname = "web1" }),
        ["domainname"] = Process(process => process with { Hostname = "web1", Domainname = "example.org" }),
        ["tty"] = Process(process => process with { Tty = true }),
        ["environment"] = Process(process => process with { Environment = ["A=1", "PATH=/bin", "HOME=/x", "TERM=dumb"] }),
        ["workdir"] = Process(process => process with { WorkingDirectory = "/tmp" }),
        ["annotation"] = new(spec => spec with { Annotations = new Dictionary<string, string> { ["a"] = "b" } }),
    };

    private static Dictionary<string, BundleCase> Modes() => new()
    {
        ["pid-host"] = Namespaces(modes => modes with { Pid = "host" }),
        ["pid-host-init"] = new(spec => spec with { Namespaces = spec.Namespaces with { Pid = "host" }, Process = spec.Process with { Init = true } }),
        ["pid-container"] = Namespaces(modes => modes with { Pid = Target }, inputs => inputs with { PidTargetPid = 4242 }),
        ["ipc-host"] = Namespaces(modes => modes with { Ipc = "host" }),
        ["ipc-none"] = Namespaces(modes => modes with { Ipc = "none" }),
        ["ipc-shareable"] = Namespaces(modes => modes with { Ipc = "shareable" }, inputs => inputs with { SharedMemoryPath = "/container/mounts/shm" }),
        ["ipc-container"] = Namespaces(modes => modes with { Ipc = Target }, inputs => inputs with { IpcTargetPid = 4242, SharedMemoryPath = "/target/mounts/shm" }),
        ["uts-host"] = Namespaces(modes => modes with { Uts = "host" }),
        ["cgroupns-private"] = Namespaces(modes => modes with { Cgroup = "private" }),
        ["cgroupns-host"] = Namespaces(modes => modes with { Cgroup = "host" }),
        ["network-none"] = new(spec => spec with { Network = new NetworkSpec { Mode = "none" } }),
        ["network-host"] = new(
            spec => spec with { Network = new NetworkSpec { Mode = "host" }, Process = spec.Process with { Hostname = "vm" } },
            inputs => inputs with { NetworkNamespacePath = null }),
        ["network-container"] = new(
            spec => spec with { Network = new NetworkSpec { Mode = Target } },
            inputs => inputs with { NetworkNamespacePath = "/proc/4242/ns/net", Hostname = "targethost" }),
    };

    private static Dictionary<string, BundleCase> Binds() => new()
    {
        ["bind-rw"] = Mounted(Bind("/srv", "/data")),
        ["bind-ro"] = Mounted(Bind("/srv", "/data") with { Writable = false, ReadOnlyRecursive = true }),
        ["bind-rprivate"] = Mounted(Bind("/srv", "/data")),
        ["bind-z"] = Mounted(Bind("/srv", "/a"), Bind("/srv", "/a/b"), Bind("/srv", "/data") with { Writable = false, ReadOnlyRecursive = true }),
        ["mount-bind"] = Mounted(Bind("/srv", "/data") with { Writable = false, ReadOnlyRecursive = true }),
        ["mount-bind-nonrecursive"] = Mounted(Bind("/srv", "/data") with { NonRecursive = true }),
        ["mount-bind-writable-submounts"] = Mounted(Bind("/srv", "/data") with { Writable = false }),
        ["bind-over-defaults"] = Mounted(Bind("/srv", "/dev/mqueue"), Bind("/srv", "/dev/shm"), Bind("/srv/f", "/etc/hosts")),
        ["bind-dev"] = Mounted(Bind("/srv/dev", "/dev")),
    };

    private static Dictionary<string, BundleCase> FileSystems() => new()
    {
        ["read-only"] = Storage(storage => storage with { ReadonlyRootfs = true }),
        ["privileged-read-only"] = new(spec => spec with { Security = new SecuritySpec { Privileged = true }, Storage = new StorageSpec { ReadonlyRootfs = true } }),
        ["read-only-tmpfs"] = Storage(storage => storage with { ReadonlyRootfs = true, Tmpfs = new Dictionary<string, string> { ["/run"] = "", ["/tmp"] = "size=64m,exec,mode=1770" } }),
        ["tmpfs"] = Storage(storage => storage with { Tmpfs = new Dictionary<string, string> { ["/run"] = "rw,size=1m,uid=5" } }),
        ["shm-size"] = Storage(storage => storage with { ShmSize = 128 * Mebibyte }),
        ["mount-tmpfs"] = Mounted(new MountPoint { Type = "tmpfs", Destination = "/cache", TmpfsOptions = "mode=700,size=1m" }),
        ["mount-tmpfs-plain"] = Mounted(new MountPoint { Type = "tmpfs", Destination = "/cache", Writable = false }),
    };

    private static MountPoint Bind(string source, string destination) => new() { Type = "bind", Source = source, Destination = destination, Propagation = "rprivate" };
}
