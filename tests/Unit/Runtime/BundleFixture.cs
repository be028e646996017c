using System.Text.Json.Nodes;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime;
using Boreal.Engine.Runtime.Security;
using Boreal.Linux.Cgroups;

namespace Boreal.Tests.Unit.Runtime;

/// <summary>Directories and a spec like those the golden bundles were recorded with, on a pretended machine.</summary>
internal sealed class BundleFixture : IDisposable
{
    private const string Passwd = "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/sh\nalice:x:1000:1001:Alice:/home/alice:/bin/sh\n";
    private const string Group = "root:x:0:\ndaemon:x:1:\nalice:x:1001:\naudio:x:29:alice,daemon\nvideo:x:44:alice\nwheel:x:10:root\n";

    // The machine the bundles were recorded on has not got CAP_SYS_RESOURCE in its bounding set.
    private const ulong SysResource = 1UL << 24;

    private readonly string _directory = Directory.CreateTempSubdirectory("boreal-bundle-").FullName;

    public BundleFixture()
    {
        foreach (var name in (string[])["bundle", "container", "rootfs/etc"]) Directory.CreateDirectory(Path.Combine(_directory, name));
        foreach (var name in (string[])["hosts", "hostname", "resolv.conf"]) File.WriteAllText(Path.Combine(_directory, "container", name), "");
        File.WriteAllText(Path.Combine(_directory, "rootfs/etc/passwd"), Passwd);
        File.WriteAllText(Path.Combine(_directory, "rootfs/etc/group"), Group);
        File.WriteAllText(Init, "");
        Spec = NewSpec();
        Inputs = new BundleInputs
        {
            BundleDirectory = Path.Combine(_directory, "bundle"),
            ContainerDirectory = Path.Combine(_directory, "container"),
            RootfsPath = Path.Combine(_directory, "rootfs"),
            NetworkNamespacePath = "/netns",
        };
    }

    public static RuntimeHost Host { get; } = new()
    {
        Kernel = new Version(6, 12),
        Architecture = "amd64",
        Capabilities = new Capabilities(Capabilities.Known.Bits & ~SysResource),
        Seccomp = true,
        NetworkSysctls = new Dictionary<string, string> { ["net.ipv4.ping_group_range"] = "0 2147483647", ["net.ipv4.ip_unprivileged_port_start"] = "0" },
    };

    public ContainerSpec Spec { get; }

    public BundleInputs Inputs { get; }

    public string Rootfs => Inputs.RootfsPath;

    private string Init => Path.Combine(_directory, "docker-init");

    public JsonObject Write(ContainerSpec spec, BundleInputs inputs, RuntimeOptions? options = null)
    {
        options ??= new RuntimeOptions { CgroupParent = "/docker", InitPath = Init };
        var cgroups = new Cgroups(new CgroupLayout(CgroupVersion.V2, "/sys/fs/cgroup", new Dictionary<string, string>()), options, TimeProvider.System);
        var written = new BundleWriter(options, cgroups, Host).Write(spec, inputs);
        var text = File.ReadAllText(written.ConfigPath)
            .Replace(Init, "/usr/bin/docker-init").Replace(Inputs.ContainerDirectory, "/container").Replace(Inputs.RootfsPath, "/rootfs")
            .Replace(spec.Id.Value, "<ID>").Replace(spec.Id.Short, "<SHORT>");
        return JsonNode.Parse(text)!.AsObject();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ContainerSpec NewSpec()
    {
        var id = ContainerId.Create();
        return new ContainerSpec
        {
            Id = id,
            Name = "web",
            Created = DateTimeOffset.UnixEpoch,
            ImageId = "sha256:" + id.Value,
            ImageName = "rt:1",
            Process = new ProcessSpec { Command = ["/bin/sleep", "1000"], Environment = [], Hostname = id.Short },
            Resources = new ResourceSpec { OomKillDisable = false },
            Security = new SecuritySpec(),
            Namespaces = new NamespaceSpec { Cgroup = "host" },
            Network = new NetworkSpec { Mode = "bridge" },
            Storage = new StorageSpec(),
            Log = new LogSpec("json-file", new Dictionary<string, string>()),
            Restart = new RestartSpec("no", 0),
            Runtime = "crun",
        };
    }
}
