using System.Text.RegularExpressions;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Routes;
using Boreal.Orchestrator.Scaling;
using Boreal.Orchestrator.Scaling.Settings;

namespace Boreal.Orchestrator.Specs;

/// <summary>What a spec may say. The messages name the service, the field and what is allowed.</summary>
internal static partial class SpecRules
{
    private const int MostReplicas = 10_000;
    private const int MostItems = 1000;

    public static void Check(string app, ServiceSpec spec)
    {
        if (!AppName().IsMatch(app))
            throw Invalid($"the app name '{app}' is not valid: lower-case letters, digits, - and _, beginning with a letter or digit, at most 63");
        if (!ServiceName().IsMatch(spec.Name))
            throw Invalid($"the service name '{spec.Name}' is not valid: letters, digits, '.', - and _, at most 63");
        var service = spec.Name;
        if (spec.Template.Image.Length == 0)
            throw Invalid($"service {service}: Template.Image is empty: name an image that is on this machine");
        OneOf(service, "Mode", spec.Mode, "replicated", "global");
        OneOf(service, "EndpointMode", spec.EndpointMode, "vip", "dnsrr");
        OneOf(service, "NameSeparator", spec.NameSeparator, "-", "_");
        OneOf(service, "Restart.Condition", spec.Restart.Condition, "any", "on-failure", "none");
        CheckReplicas(spec, spec.Replicas);
        CheckPolicy(service, "Update", spec.Update);
        CheckPolicy(service, "Rollback", spec.Rollback);
        CheckDurations(spec);
        CheckPorts(spec);
        HttpLabels.Check(spec);
        CheckAutoscale(spec);
        if (spec.DependsOn.Count > MostItems || spec.PostStart.Count > MostItems || spec.PreStop.Count > MostItems || spec.Routes.Count > MostItems)
            throw Invalid($"service {service}: more than {MostItems} dependencies, hooks or routes");
        foreach (var dependency in spec.DependsOn)
            OneOf(service, $"DependsOn {dependency.Service}: Condition", dependency.Condition, "service_started", "service_healthy", "service_completed_successfully");
        if (spec.PostStart.Concat(spec.PreStop).Any(hook => hook.Command.Count == 0))
            throw Invalid($"service {service}: a hook without a command");
    }

    public static void CheckReplicas(ServiceSpec spec, int replicas)
    {
        if (replicas is < 0 or > MostReplicas)
            throw Invalid($"service {spec.Name}: Replicas is {replicas}, 0 to {MostReplicas} are allowed");
        if (replicas > 1 && spec.ContainerName is { } name)
            throw Invalid($"service {spec.Name} has the container name {name}, which only one container can have: remove container_name to have {replicas} replicas");
        if (spec.Mode is "global" && replicas != 1)
            throw Invalid($"service {spec.Name} is global and has one task per node: set Mode to replicated to scale it");
    }

    /// <summary>That services do not wait for each other in a circle.</summary>
    public static void CheckCycles(IReadOnlyDictionary<string, ServiceSpec> services)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in services.Keys.Order(StringComparer.Ordinal))
        {
            var path = new List<(string Name, int Next)> { (start, 0) };
            while (path.Count > 0)
            {
                var (name, next) = path[^1];
                var dependencies = services.TryGetValue(name, out var spec) ? spec.DependsOn : [];
                if (done.Contains(name) || next == dependencies.Count)
                {
                    done.Add(name);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }
                path[^1] = (name, next + 1);
                var target = dependencies[next].Service;
                var begin = path.FindIndex(step => step.Name == target);
                if (begin >= 0)
                    throw Invalid($"services wait for each other in a circle: {string.Join(" -> ", path.Skip(begin).Select(step => step.Name).Append(target))}");
                path.Add((target, 0));
            }
        }
    }

    private static void CheckPolicy(string service, string name, UpdatePolicy policy)
    {
        OneOf(service, $"{name}.FailureAction", policy.FailureAction, name is "Update" ? ["pause", "continue", "rollback"] : ["pause", "continue"]);
        OneOf(service, $"{name}.Order", policy.Order, "stop-first", "start-first");
        if (policy.Parallelism < 0 || policy.MaxFailureRatio is < 0 or > 1 or double.NaN)
            throw Invalid($"service {service}: {name}.Parallelism is 0 or more, {name}.MaxFailureRatio 0 to 1");
    }

    private static void CheckDurations(ServiceSpec spec)
    {
        (string Name, long? Value)[] durations =
        [
            ("Update.Delay", spec.Update.Delay), ("Update.Monitor", spec.Update.Monitor), ("Update.ProgressDeadline", spec.Update.ProgressDeadline),
            ("Rollback.Delay", spec.Rollback.Delay), ("Rollback.Monitor", spec.Rollback.Monitor), ("Rollback.ProgressDeadline", spec.Rollback.ProgressDeadline),
            ("Restart.Delay", spec.Restart.Delay), ("Restart.Window", spec.Restart.Window), ("Restart.MaxAttempts", spec.Restart.MaxAttempts),
            ("StopGracePeriod", spec.StopGracePeriod), ("DrainTimeout", spec.DrainTimeout),
        ];
        foreach (var (name, value) in durations)
        {
            if (value < 0)
                throw Invalid($"service {spec.Name}: {name} is {value}, less than nothing");
        }
    }

    private static void CheckAutoscale(ServiceSpec spec)
    {
        if (spec.Autoscale is not { } written)
            return;
        var settings = AutoscaleReader.Read(written);
        CheckReplicas(spec, settings.Max);
        foreach (var metric in settings.Metrics)
        {
            if (metric.Kind is MetricKind.ResponseTime or MetricKind.Requests && !HttpLabels.HasHttp(spec))
                throw Invalid($"service {spec.Name}: the metric {metric.Label} is seen where requests are: publish a port with app_protocol: http, or give the service a route");
            if (metric.Kind is MetricKind.Memory && spec.Template.HostConfig?.Memory is not > 0)
                throw Invalid($"service {spec.Name}: the metric memory is a share of the memory limit, which is missing: set deploy.resources.limits.memory");
        }
    }

    private static void CheckPorts(ServiceSpec spec)
    {
        if (spec.Ports.Count > MostItems)
            throw Invalid($"service {spec.Name}: more than {MostItems} ports");
        foreach (var port in spec.Ports)
        {
            OneOf(spec.Name, $"port {port.Target}: Protocol", port.Protocol, "tcp", "udp", "sctp");
            OneOf(spec.Name, $"port {port.Target}: Mode", port.Mode, "ingress", "host");
            if (port.Target == 0)
                throw Invalid($"service {spec.Name}: a published port without Target, the port in the container");
            if (port.Published.Length > 0 && !PortRange().IsMatch(port.Published))
                throw Invalid($"service {spec.Name}: Published is '{port.Published}', a port or a range as 8000-8010 is expected");
        }
    }

    private static void OneOf(string service, string field, string value, params ReadOnlySpan<string> allowed)
    {
        if (!allowed.Contains(value))
            throw Invalid($"service {service}: {field} is '{value}', allowed are {string.Join(", ", allowed.ToArray())}");
    }

    private static AppException Invalid(string message) => new(AppErrorKind.Invalid, message);

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex AppName();

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceName();

    [GeneratedRegex("^[0-9]{1,5}(-[0-9]{1,5})?$", RegexOptions.CultureInvariant)]
    private static partial Regex PortRange();
}
