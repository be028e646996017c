using Boreal.Api.Containers;
using Boreal.Api.Json;
using Boreal.Compose.Projects;
using Boreal.Compose.Rendering;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Requests;

/// <summary>What a service's containers are made from: everything that doesn't differ from one to the next.</summary>
internal sealed class ContainerTemplates(Project project)
{
    public ContainerCreateRequest Make(string name, MappingNode node)
    {
        var service = new Settings(node);
        var networks = new NetworkRequests(project, name, service);
        return new ContainerCreateRequest
        {
            Hostname = service.Text("hostname"),
            Domainname = service.Text("domainname"),
            User = service.Text("user"),
            AttachStdout = true,
            AttachStderr = true,
            ExposedPorts = Exposed(service),
            Tty = service.Flag("tty"),
            OpenStdin = service.Flag("stdin_open"),
            Env = service.Variables("environment"),
            Cmd = service.Command("command"),
            Entrypoint = service.Command("entrypoint"),
            Healthcheck = Health(service.Part("healthcheck")),
            Image = ProjectLists.Image(project, name),
            WorkingDir = service.Text("working_dir"),
            Labels = Labels(name, node, service),
            StopSignal = service.TextOrNull("stop_signal"),
            StopTimeout = service.TimeOrNull("stop_grace_period") is { } grace ? (int)(grace / 1_000_000_000) : null,
            HostConfig = Host(service, networks),
            NetworkingConfig = networks.Endpoints() is { } endpoints ? new NetworkingConfig { EndpointsConfig = endpoints } : null,
        };
    }

    private HostConfig Host(Settings service, NetworkRequests networks)
    {
        var mounts = new MountRequests(project, service);
        var security = new SecurityRequests(project, service);
        var logging = service.Part("logging");
        return new ResourceLimits(service).Apply(new HostConfig
        {
            Annotations = service.Pairs("annotations"),
            Binds = mounts.Binds(),
            Mounts = mounts.Mounts(),
            Tmpfs = Tmpfs(service),
            CapAdd = service.Texts("cap_add"),
            CapDrop = service.Texts("cap_drop"),
            NetworkMode = networks.Mode(),
            Init = service.FlagOrNull("init"),
            IpcMode = networks.Namespace("ipc"),
            PidMode = networks.Namespace("pid"),
            UTSMode = networks.Namespace("uts"),
            CgroupnsMode = service.Text("cgroup"),
            UsernsMode = service.Text("userns_mode"),
            ReadonlyRootfs = service.Flag("read_only"),
            Privileged = service.Flag("privileged"),
            RestartPolicy = Restart(service),
            ShmSize = service.Size("shm_size"),
            Sysctls = service.Pairs("sysctls"),
            VolumesFrom = networks.VolumesFrom(),
            Dns = service.Texts("dns"),
            DnsSearch = service.Texts("dns_search"),
            DnsOptions = service.Texts("dns_opt"),
            ExtraHosts = service.Hosts("extra_hosts") is { Count: > 0 } hosts ? [.. hosts.Select(pair => $"{pair.Host}:{pair.Address}")] : null,
            SecurityOpt = security.Options(),
            MaskedPaths = security.IsUnconfined ? [] : null,
            ReadonlyPaths = security.IsUnconfined ? [] : null,
            StorageOpt = service.Pairs("storage_opt"),
            Isolation = service.Text("isolation"),
            Runtime = service.TextOrNull("runtime"),
            LogConfig = logging.IsGiven ? new LogConfig { Type = logging.Text("driver"), Config = logging.Pairs("options") } : null,
            GroupAdd = service.Texts("group_add"),
            OomScoreAdj = (int)service.Whole("oom_score_adj"),
        });
    }

    private static Dictionary<string, EmptyObject?>? Exposed(Settings service)
    {
        var ports = service.Parts("ports").Select(port => $"{port.Whole("target")}/{port.Text("protocol")}")
            .Concat((service.Texts("expose") ?? []).SelectMany(Notation.PortSpec.ParseExposed)).Distinct(StringComparer.Ordinal).ToDictionary(port => port, _ => (EmptyObject?)new EmptyObject(), StringComparer.Ordinal);
        return ports.Count > 0 ? ports : null;
    }

    private static HealthConfig? Health(Settings check)
    {
        if (!check.IsGiven) return null;
        if (check.Flag("disable")) return new HealthConfig { Test = ["NONE"] };
        return new HealthConfig
        {
            Test = check.Raw("test") is SequenceNode ? check.Texts("test") : check.TextOrNull("test") is { } text ? ["CMD-SHELL", text] : null,
            Interval = check.Time("interval"),
            Timeout = check.Time("timeout"),
            StartPeriod = check.Time("start_period"),
            StartInterval = check.Time("start_interval"),
            Retries = (int)check.Whole("retries"),
        };
    }

    private static Dictionary<string, string>? Tmpfs(Settings service) => service.Texts("tmpfs")?.Select(text => text.Split(':', 2))
        .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);

    private static RestartPolicy Restart(Settings service)
    {
        var asked = service.Part("deploy").Part("restart_policy");
        if (asked.IsGiven) return new RestartPolicy { Name = Condition(asked.Text("condition")), MaximumRetryCount = (int)asked.Whole("max_attempts") };
        var parts = service.Text("restart").Split(':');
        return new RestartPolicy { Name = Condition(parts[0]), MaximumRetryCount = parts.Length > 1 && int.TryParse(parts[1], out var most) ? most : 0 };
    }

    private static string Condition(string text) => text switch
    {
        "none" or "no" => "no",
        "any" => "always",
        _ => text,
    };

    private SortedDictionary<string, string> Labels(string name, MappingNode node, Settings service)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in service.Pairs("labels") ?? new Dictionary<string, string>()) labels[key] = value;
        labels[ComposeLabels.Project] = project.Name;
        labels[ComposeLabels.Service] = name;
        labels[ComposeLabels.Version] = ComposeLabels.CompatibleVersion;
        labels[ComposeLabels.WorkingDirectory] = project.WorkingDirectory;
        labels[ComposeLabels.ConfigFiles] = string.Join(',', project.Files);
        labels[ComposeLabels.OneOff] = "False";
        labels[ComposeLabels.ConfigHash] = ConfigText.Hash(node);
        labels[ComposeLabels.Dependencies] = string.Join(',', service.Entries("depends_on").OrderBy(item => item.Name, StringComparer.Ordinal)
            .Select(item => $"{item.Name}:{item.Value.Text("condition")}:{(item.Value.Flag("restart") ? "true" : "false")}"));
        return labels;
    }
}
