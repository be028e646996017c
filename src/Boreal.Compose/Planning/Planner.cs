using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Compose.Projects;
using Boreal.Compose.Requests;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Planning;

/// <summary>What must be done so that the engine has what a project asks for: a pure function of the project and what was seen.</summary>
internal sealed class Planner(Project project, ObservedState observed, PlanOptions options)
{
    private readonly List<PlanStep> _steps = [];

    /// <exception cref="ComposeException">Something the project needs from elsewhere isn't there, or belongs to another.</exception>
    public Plan Make()
    {
        var resources = new ResourceRequests(project);
        CheckExternal(resources, "networks", observed.Networks.Keys);
        CheckExternal(resources, "volumes", observed.Volumes.Keys);
        foreach (var (key, request) in resources.Networks())
        {
            if (!IsThere(observed.Networks, request.Name, ComposeLabels.Network, key)) _steps.Add(new PlanStep("Network", request.Name, PlanAction.Create, []) { Network = request });
        }

        foreach (var (key, request) in resources.Volumes())
        {
            if (!IsThere(observed.Volumes, request.Name ?? "", ComposeLabels.Volume, key)) _steps.Add(new PlanStep("Volume", request.Name ?? "", PlanAction.Create, []) { Volume = request });
        }

        var services = new ServiceRequests(project).All();
        if (options.LeavesNeeded) services = services.Where(entry => IsTarget(entry.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var name in services.Keys) AddImage(name);
        foreach (var name in InOrder(services)) AddService(services[name]);
        if (options.RemovesOrphans) _steps.AddRange(Orphans().Select(name => new PlanStep("Service", name, PlanAction.Remove, [])));
        return new Plan(_steps);
    }

    /// <summary>Services that run but aren't in the file.</summary>
    public IEnumerable<string> Orphans() => observed.Services.Keys.Concat(observed.ServicesOfContainers).Distinct(StringComparer.Ordinal)
        .Where(name => !project.Services.Has(name) && !project.Disabled.Has(name)).Order(StringComparer.Ordinal);

    private static void CheckExternal(ResourceRequests resources, string section, IEnumerable<string> known)
    {
        foreach (var name in resources.External(section).Except(known, StringComparer.Ordinal))
            throw new ComposeException($"{section[..^1]} {name} declared as external, but could not be found: make it, or remove external: true");
    }

    private bool IsThere(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> all, string name, string label, string key)
    {
        if (!all.TryGetValue(name, out var labels)) return false;
        if (labels.GetValueOrDefault(ComposeLabels.Project) == project.Name && labels.GetValueOrDefault(label) is { } other && other != key)
            throw new ComposeException($"{name} was found but has incorrect label {label} set to \"{other}\": remove or rename it");
        return true;
    }

    private void AddImage(string service)
    {
        var node = new Settings(project.Services.Mapping(service));
        var image = ProjectLists.Image(project, service);
        var policy = options.Pull.Length > 0 ? options.Pull : node.Text("pull_policy");
        var isBuilt = node.Raw("build") is MappingNode && !options.NeverBuilds;
        var isThere = observed.Images.ContainsKey(image);
        var action = (isBuilt, policy) switch
        {
            (true, _) when options.Builds || policy is "build" || !isThere && policy is not ("always" or "never") => PlanAction.Build,
            (_, "always") => PlanAction.Pull,
            (_, "never") when !isThere => throw new ComposeException($"service {service}: image {image} is not there, and its pull_policy is never: pull or build it"),
            (false, _) when !isThere => PlanAction.Pull,
            _ => PlanAction.Keep,
        };
        if (action is PlanAction.Keep || _steps.Exists(step => step.Kind is "Image" && step.Name == image)) return;
        _steps.Add(new PlanStep("Image", image, action, []) { ForService = service });
    }

    private void AddService(ServiceSpec spec)
    {
        observed.Services.TryGetValue(spec.Name, out var before);
        if (options.Scale.TryGetValue(spec.Name, out var replicas)) spec = spec with { Replicas = replicas };
        // The autoscaler owns the number once it runs.
        else if (spec.Autoscale is not null && before is not null) spec = spec with { Replicas = before.Replicas };
        if (spec is { ContainerName: not null, Replicas: > 1 })
            throw new ComposeException($"service {spec.Name} can't have {spec.Replicas} replicas: its container_name is unique, remove it");
        if (options.LeavesNeeded) spec = spec with { DependsOn = [.. spec.DependsOn.Where(dependency => IsTarget(dependency.Service))] };
        if (before is not null && options.NeverRecreates) spec = before with { Replicas = spec.Replicas, Stopped = false };
        else if (before is not null) spec = spec with { ForceUpdate = before.ForceUpdate + (IsForced(spec.Name) ? 1 : 0) };
        // A fetched image's id is known later.
        if (!(before is not null && options.NeverRecreates) && !_steps.Exists(step => step.Kind is "Image" && step.Name == spec.Template.Image) && observed.Images.TryGetValue(spec.Template.Image, out var id)) spec = WithImage(spec, id);
        var after = _steps.Where(step => IsNeeded(step, spec)).Select(step => step.Id).ToList();
        _steps.Add(new PlanStep("Service", spec.Name, Change(before, spec), after) { Service = spec });
    }

    /// <summary>Says which image it is: another one under the same name makes other containers.</summary>
    public static ServiceSpec WithImage(ServiceSpec spec, string id)
    {
        var labels = new SortedDictionary<string, string>(spec.Template.Labels?.ToDictionary() ?? [], StringComparer.Ordinal) { [ComposeLabels.Image] = id };
        return spec with { Template = spec.Template with { Labels = labels } };
    }

    private bool IsTarget(string service) => options.Targets.Count is 0 || options.Targets.Contains(service);

    private bool IsForced(string service) => IsTarget(service) ? options.ForceRecreate : options.RecreatesNeeded;

    private static bool IsNeeded(PlanStep step, ServiceSpec spec) => step.Kind switch
    {
        "Network" => spec.Template.NetworkingConfig?.EndpointsConfig?.ContainsKey(step.Name) is true,
        "Volume" => spec.Template.HostConfig?.Mounts?.Any(mount => mount.Source == step.Name) is true,
        "Image" => spec.Template.Image == step.Name,
        _ => spec.DependsOn.Any(dependency => dependency.Service == step.Name),
    };

    private static PlanAction Change(ServiceSpec? before, ServiceSpec after)
    {
        if (before is null) return PlanAction.Create;
        if (Text(before) == Text(after)) return PlanAction.Keep;
        if (Text(before with { Replicas = after.Replicas }) == Text(after)) return PlanAction.Scale;
        var recreates = before.ForceUpdate != after.ForceUpdate || before.ContainerName != after.ContainerName || Text(Core(before)) != Text(Core(after));
        return recreates ? PlanAction.Recreate : PlanAction.Update;
    }

    /// <summary>What can't change without another container.</summary>
    private static ServiceSpec Core(ServiceSpec spec) => new() { Template = spec.Template, Ports = spec.Ports };

    private static string Text(ServiceSpec spec) => JsonSerializer.Serialize(spec, AppsJsonContext.Default.ServiceSpec);

    /// <summary>Dependencies first, else by name.</summary>
    private static List<string> InOrder(IReadOnlyDictionary<string, ServiceSpec> services)
    {
        var ordered = new List<string>();
        foreach (var name in services.Keys.Order(StringComparer.Ordinal)) Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (ordered.Contains(name) || !services.TryGetValue(name, out var spec)) return;
            foreach (var dependency in spec.DependsOn) Visit(dependency.Service);
            ordered.Add(name);
        }
    }
}
