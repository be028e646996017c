using Boreal.Daemon.Http;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>From a create request to the container's spec: checks in Docker's words, the image's and Docker's defaults.</summary>
internal static class ContainerSpecMapping
{
    /// <summary>Everything that is wrong with a request whatever its image is.</summary>
    public static void Check(Wire.ContainerCreateRequest request, ApiVersion version)
    {
        var host = request.HostConfig ?? new Wire.HostConfig();
        NetworkMapping.Check(request, host);
        NamespaceMapping.Check(host, request.Hostname);
        ConfigRules.Check(request);
        ConfigRules.CheckHost(host);
        PortNotation.ParseBindings(host.PortBindings);
        StorageMapping.Check(host, version);
    }

    public static ContainerSpec ToSpec(Wire.ContainerCreateRequest request, CreateContext context)
    {
        var host = request.HostConfig ?? new Wire.HostConfig();
        var merged = ImageDefaults.Merge(request, context.ImageConfig);
        return new ContainerSpec
        {
            Id = context.Id,
            Name = context.Name,
            Created = context.Created,
            ImageId = context.ImageId,
            ImageName = request.Image,
            Process = ProcessMapping.ToSpec(merged, host, context),
            Resources = ResourceMapping.ToSpec(host, host.OomScoreAdj),
            Security = SecurityMapping.ToSpec(host),
            Namespaces = NamespaceMapping.ToSpec(host, context),
            Network = NetworkMapping.ToSpec(merged, host, context),
            Storage = StorageMapping.ToSpec(merged, host, context),
            Log = LogRules.ToSpec(host.LogConfig, context.Defaults),
            Restart = RestartRules.ToSpec(host.RestartPolicy),
            Health = ProcessMapping.ToHealth(merged.Healthcheck),
            AutoRemove = host.AutoRemove,
            Labels = merged.Labels ?? throw new EngineException(ErrorKind.Internal, "the merged request has no labels"),
            Annotations = host.Annotations,
            Runtime = string.IsNullOrEmpty(host.Runtime) ? context.DefaultRuntime : host.Runtime,
            ContainerIdFile = host.ContainerIDFile,
        };
    }
}
