using System.Buffers;
using Boreal.Api.Containers;

namespace Boreal.Orchestrator.Tasks;

/// <summary>A slot's next container gets the anonymous volumes of the one before: their data is the slot's.</summary>
internal static class KeptVolumes
{
    private const int AnonymousLength = 64;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public static ContainerCreateRequest Take(ContainerCreateRequest request, ContainerInspect before)
    {
        var host = request.HostConfig ?? new HostConfig();
        // A mount without a source asks for a new volume only where there is none yet.
        var given = (host.Mounts ?? []).Where(mount => !IsOpen(mount)).Select(mount => mount.Target)
            .Concat((host.Binds ?? []).Select(bind => bind.Split(':') is { Length: > 1 } parts ? parts[1] : bind))
            .ToHashSet(StringComparer.Ordinal);
        var kept = before.Mounts
            .Where(mount => mount.Type is "volume" && IsAnonymous(mount.Name) && !given.Contains(mount.Destination))
            .ToList();
        if (kept.Count == 0)
            return request;
        var binds = kept.Select(mount => $"{mount.Name}:{mount.Destination}{(mount.RW ? "" : ":ro")}");
        var mounts = host.Mounts?.Where(mount => !IsOpen(mount) || kept.TrueForAll(volume => volume.Destination != mount.Target)).ToList();
        return request with { HostConfig = host with { Binds = [.. host.Binds ?? [], .. binds], Mounts = mounts } };
    }

    private static bool IsOpen(Mount mount) => mount is { Type: "volume", Source: null or "" };

    private static bool IsAnonymous(string? name) => name is { Length: AnonymousLength } && name.AsSpan().IndexOfAnyExcept(Hex) < 0;
}
