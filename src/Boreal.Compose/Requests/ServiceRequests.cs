using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Compose.Projects;
using Boreal.Compose.Rendering;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Requests;

/// <summary>The services of a project as what is asked of the engine's orchestrator.</summary>
internal sealed class ServiceRequests(Project project)
{
    private const string AutoscaleKey = "x-autoscale";
    private const long BriefMonitor = 500_000_000;
    private const string DrainTimeoutKey = "x-drain-timeout";
    private const string ProgressDeadlineKey = "x-progress-deadline";
    private readonly ContainerTemplates _templates = new(project);

    public IReadOnlyDictionary<string, ServiceSpec> All() =>
        project.Services.Entries.Where(entry => entry.Value is MappingNode)
            .ToDictionary(entry => entry.Key, entry => Make(entry.Key, (MappingNode)entry.Value), StringComparer.Ordinal);

    public ServiceSpec Make(string name, MappingNode node)
    {
        var service = new Settings(node);
        var deploy = service.Part("deploy");
        var update = Policy(deploy.Part("update_config"));
        return new ServiceSpec
        {
            Name = name,
            Template = _templates.Make(name, node),
            Labels = deploy.Pairs("labels"),
            ContainerName = service.TextOrNull("container_name"),
            Mode = deploy.TextOrNull("mode") ?? "replicated",
            Replicas = (int)(service.WholeOrNull("scale") ?? deploy.WholeOrNull("replicas") ?? 1),
            DependsOn = [.. service.Entries("depends_on").OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => Dependency(item.Name, item.Value))],
            Update = update,
            Rollback = deploy.Part("rollback_config") is { IsGiven: true } rollback ? Policy(rollback) : new UpdatePolicy { Parallelism = update.Parallelism, Order = update.Order },
            Restart = Restart(service, deploy.Part("restart_policy")),
            StopGracePeriod = service.TimeOrNull("stop_grace_period"),
            PostStart = [.. service.Parts("post_start").Select(Hook)],
            PreStop = [.. service.Parts("pre_stop").Select(Hook)],
            Ports = [.. service.Parts("ports").Select(Port)],
            EndpointMode = deploy.TextOrNull("endpoint_mode") ?? "vip",
            DrainTimeout = service.TimeOrNull(DrainTimeoutKey) ?? new ServiceSpec().DrainTimeout,
            Autoscale = node.Get(AutoscaleKey) is MappingNode autoscale ? Json(autoscale) : null,
        };
    }

    private static ServiceDependency Dependency(string name, Settings dependency) => new()
    {
        Service = name,
        Condition = dependency.TextOrNull("condition") ?? "service_started",
        Restart = dependency.Flag("restart"),
        Required = dependency.FlagOrNull("required") ?? true,
    };

    private static UpdatePolicy Policy(Settings policy)
    {
        // A service that says nothing about updates is one that stock compose would have replaced at once: it is watched briefly, and what ran comes back when the new doesn't.
        var usual = new UpdatePolicy();
        if (!policy.IsGiven) return usual with { FailureAction = "rollback", Monitor = BriefMonitor };
        return usual with
        {
            Parallelism = (int)(policy.WholeOrNull("parallelism") ?? usual.Parallelism),
            Delay = policy.Time("delay"),
            FailureAction = policy.TextOrNull("failure_action") ?? usual.FailureAction,
            Monitor = policy.TimeOrNull("monitor") ?? usual.Monitor,
            MaxFailureRatio = policy.Fraction("max_failure_ratio"),
            Order = policy.TextOrNull("order") ?? usual.Order,
            ProgressDeadline = policy.TimeOrNull(ProgressDeadlineKey) ?? usual.ProgressDeadline,
        };
    }

    /// <summary><c>deploy.restart_policy</c> in Swarm's terms, else <c>restart</c> in Docker's; a service with neither isn't started again.</summary>
    private static TaskRestartPolicy Restart(Settings service, Settings policy)
    {
        if (policy.IsGiven)
        {
            return new TaskRestartPolicy
            {
                Condition = policy.Text("condition") switch { "none" or "no" => "none", "on-failure" => "on-failure", _ => "any" },
                Delay = policy.TimeOrNull("delay"),
                MaxAttempts = (int)policy.Whole("max_attempts"),
                Window = policy.Time("window"),
            };
        }

        var parts = service.Text("restart").Split(':');
        return parts[0] switch
        {
            "" or "no" => new TaskRestartPolicy { Condition = "none" },
            "on-failure" => new TaskRestartPolicy { Condition = "on-failure", MaxAttempts = parts.Length > 1 && int.TryParse(parts[1], out var most) ? most : 0 },
            _ => new TaskRestartPolicy { Condition = "any" },
        };
    }

    private static ServiceHook Hook(Settings hook) => new()
    {
        Command = hook.Command("command") ?? [],
        User = hook.Text("user"),
        Privileged = hook.Flag("privileged"),
        WorkingDir = hook.Text("working_dir"),
        Env = hook.Variables("environment") ?? [],
    };

    private static ServicePort Port(Settings port) => new()
    {
        Name = port.Text("name"),
        Mode = port.TextOrNull("mode") ?? "ingress",
        HostIp = port.Text("host_ip"),
        Target = (ushort)port.Whole("target"),
        Published = port.Text("published"),
        Protocol = port.TextOrNull("protocol") ?? "tcp",
        AppProtocol = port.Text("app_protocol"),
    };

    private static JsonElement Json(MappingNode node)
    {
        using var document = JsonDocument.Parse(JsonText.WriteCompact(ModelPrinter.PrintRaw(node, isJson: true)));
        return document.RootElement.Clone();
    }
}
