using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.State;

namespace Boreal.Engine.Volumes;

/// <summary>
/// A container's claim on its volumes and mounted images, from its creation to its removal: as long as the container
/// exists they do.
/// </summary>
internal sealed class ContainerVolumes(VolumeStore volumes, Snapshots snapshots, ImageStore images, VolumePopulator populator)
{
    /// <summary>Makes what does not exist, and fills what is empty; the spec with names and places of all.</summary>
    public async Task<ContainerSpec> ClaimAsync(ContainerSpec container, Rollback undo, CancellationToken cancellationToken)
    {
        if (container.Storage.MountPoints.All(point => point.Type is not ("volume" or "image")))
            return container;
        var points = new List<MountPoint>();
        foreach (var point in container.Storage.MountPoints)
        {
            points.Add(point.Type switch
            {
                "volume" => ClaimVolume(container.Id, point, undo),
                "image" => await ClaimImageAsync(container.Id, point, undo, cancellationToken),
                _ => point,
            });
        }

        var claimed = container with { Storage = container.Storage with { MountPoints = points } };
        await populator.PopulateAsync(claimed, cancellationToken);
        return claimed;
    }

    /// <summary>The container is recorded: what was made for it is there to stay.</summary>
    public void Confirm(ContainerSpec container)
    {
        foreach (var volume in NamesOf(container).Select(volumes.TryFind).OfType<Volume>())
            volumes.Confirm(volume);
    }

    /// <summary>The container goes. Again is no error.</summary>
    /// <param name="container">The container.</param>
    /// <param name="withAnonymous">Volumes that nobody named and no other container has go with it.</param>
    public async Task ReleaseAsync(ContainerSpec container, bool withAnonymous)
    {
        volumes.Release(container.Id, NamesOf(container));
        foreach (var point in container.Storage.MountPoints)
        {
            if (withAnonymous && point.Anonymous && volumes.TryFind(point.Name) is { } volume)
                volumes.TryRemove(volume);
            if (point.Snapshot is { } image)
                await snapshots.RemoveAsync(image, CancellationToken.None);
        }
    }

    /// <summary>Ids under which the layers of mounted images are kept.</summary>
    public static IEnumerable<ContainerId> SnapshotsOf(ContainerSpec container) =>
        container.Storage.MountPoints.Select(point => point.Snapshot).OfType<ContainerId>();

    private MountPoint ClaimVolume(ContainerId id, MountPoint point, Rollback undo)
    {
        var request = new VolumeRequest { Name = point.Name, Driver = point.Driver, Labels = point.Asked?.Labels, Options = point.Asked?.Options, MadeFor = id };
        var volume = CreateFor(id, request, out var made);
        undo.Push(() =>
        {
            volumes.Release(id, [volume.Name]);
            if (made)
                volumes.TryRemove(volume);
            return Task.CompletedTask;
        });
        return point with { Name = volume.Name, Driver = volume.Spec.Driver, Source = volume.Mountpoint, Asked = null };
    }

    private Volume CreateFor(ContainerId id, VolumeRequest request, out bool made)
    {
        try
        {
            return volumes.CreateFor(id, request, out made);
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.NotFound)
        {
            // Clients read a 404 of create as a missing image and pull it.
            throw new EngineException(ErrorKind.Invalid, exception.Message, exception);
        }
    }

    private async Task<MountPoint> ClaimImageAsync(ContainerId id, MountPoint point, Rollback undo, CancellationToken cancellationToken)
    {
        var image = images.TryFind(point.Name) ?? throw new EngineException(ErrorKind.Invalid, $"No such image: {point.Name}");
        var snapshot = ContainerId.Parse(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id.Value}:{point.Destination}"))));
        undo.Push(() => snapshots.RemoveAsync(snapshot, CancellationToken.None));
        await snapshots.CreateBareAsync(snapshot, image, cancellationToken);
        return point with { Snapshot = snapshot, Source = snapshots.Folders(snapshot).Merged };
    }

    /// <summary>Names of a container's volumes.</summary>
    public static IEnumerable<string> NamesOf(ContainerSpec container) =>
        container.Storage.MountPoints.Where(point => point.Type == "volume").Select(point => point.Name);
}
