using Boreal.Daemon.Configuration;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Oci.Images;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>What the mapping of one create request needs beside the request.</summary>
internal sealed record CreateContext
{
    public required ContainerId Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string ImageId { get; init; }

    public RunConfig ImageConfig { get; init; } = new();

    public ApiVersion Version { get; init; } = ApiVersion.Maximum;

    public ContainerDefaults Defaults { get; init; } = new();

    /// <summary>The OCI runtime of a request that names none.</summary>
    public required string DefaultRuntime { get; init; }

    /// <summary>Version 1 hosts share their cgroup namespace by default, as Docker's do.</summary>
    public bool UsesCgroupV1 { get; init; }

    public string HostName { get; init; } = Environment.MachineName;

    public Func<string, Container?> FindContainer { get; init; } = _ => null;

    public Func<string, Network?> FindNetwork { get; init; } = _ => null;

    /// <summary>Told to the client although the request is accepted.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Not a NotFound: clients read a 404 of create as a missing image and pull it.</summary>
    public Container RequireContainer(string reference, string prefix = "") =>
        FindContainer(reference) ?? throw new EngineException(ErrorKind.Invalid, $"{prefix}No such container: {reference}");
}
