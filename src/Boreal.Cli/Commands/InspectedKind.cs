using System.Text.Json.Serialization.Metadata;
using Boreal.Api.Containers;
using Boreal.Api.Images;
using Boreal.Api.Networks;
using Boreal.Api.Volumes;
using Boreal.Client;

namespace Boreal.Cli.Commands;

/// <summary>A kind of object that <c>inspect</c> looks for: how it is asked for and the shape templates see.</summary>
internal sealed record InspectedKind(string Name, JsonTypeInfo Shape, Func<BorealClient, string, CancellationToken, Task<byte[]>> ReadAsync)
{
    /// <summary>Reads with one more wish: sizes of containers, details of networks.</summary>
    public Func<BorealClient, string, CancellationToken, Task<byte[]>>? ReadMoreAsync { get; init; }

    /// <summary>In the order in which an object without a type is looked for.</summary>
    public static IReadOnlyList<InspectedKind> All { get; } =
    [
        new("container", ContainersJsonContext.Default.ContainerInspect, static (client, name, cancelled) => client.Containers.InspectRawAsync(name, false, cancelled))
        {
            ReadMoreAsync = static (client, name, cancelled) => client.Containers.InspectRawAsync(name, true, cancelled),
        },
        new("image", ImagesJsonContext.Default.ImageInspect, static (client, name, cancelled) => client.Images.InspectRawAsync(name, cancelled)),
        new("network", NetworksJsonContext.Default.NetworkInspect, static (client, name, cancelled) => client.Networks.InspectRawAsync(name, false, cancelled))
        {
            ReadMoreAsync = static (client, name, cancelled) => client.Networks.InspectRawAsync(name, true, cancelled),
        },
        new("volume", VolumesJsonContext.Default.Volume, static (client, name, cancelled) => client.Volumes.InspectRawAsync(name, cancelled)),
    ];
}
