using Boreal.Daemon.Endpoints.Absent;
using Boreal.Daemon.Endpoints.Archives;
using Boreal.Daemon.Endpoints.Images;
using Boreal.Daemon.Endpoints.Networks;
using Boreal.Daemon.Endpoints.Node;
using Boreal.Daemon.Endpoints.Volumes;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Composition;

/// <summary>Every endpoints class, one line each.</summary>
internal static class EndpointRegistration
{
    public static IServiceCollection AddEndpoints(this IServiceCollection services) => services
        .AddSingleton<IEndpoints, PingEndpoints>()
        .AddSingleton<IEndpoints, VersionEndpoints>()
        .AddSingleton<IEndpoints, InfoEndpoints>()
        .AddSingleton<IEndpoints, EventEndpoints>()
        .AddSingleton<IEndpoints, AuthEndpoints>()
        .AddSingleton<IEndpoints, DiskUsageEndpoints>()
        .AddContainerEndpoints()
        .AddSingleton<IEndpoints, ImageListEndpoints>()
        .AddSingleton<IEndpoints, ImageChangeEndpoints>()
        .AddSingleton<IEndpoints, ImageTransferEndpoints>()
        .AddSingleton<IEndpoints, RegistryEndpoints>()
        .AddSingleton<IEndpoints, CommitEndpoints>()
        .AddSingleton<IEndpoints, ArchiveEndpoints>()
        .AddSingleton<IEndpoints, VolumeListEndpoints>()
        .AddSingleton<IEndpoints, VolumePruneEndpoints>()
        .AddSingleton<IEndpoints, VolumeEndpoints>()
        .AddSingleton<IEndpoints, NetworkEndpoints>()
        .AddSingleton<IEndpoints, ConnectionEndpoints>()
        .AddSingleton<IEndpoints, SwarmEndpoints>()
        .AddSingleton<IEndpoints, UnsupportedEndpoints>();
}
