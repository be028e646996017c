using Boreal.Engine.Containers;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Images;

/// <summary>Removes images no container uses: nameless ones, or all.</summary>
public sealed class ImagePruner
{
    private readonly ImageStore _images;
    private readonly ImageRemover _remover;
    private readonly ContainerRegistry _containers;
    private readonly Func<long> _sweep;
    private int _running;

    /// <summary><paramref name="sweep"/> removes what broken pulls left, and says how many bytes that freed.</summary>
    internal ImagePruner(ImageStore images, ImageRemover remover, ContainerRegistry containers, Func<long> sweep) =>
        (_images, _remover, _containers, _sweep) = (images, remover, containers, sweep);

    /// <summary>Returns what went and the bytes that freed.</summary>
    public (IReadOnlyList<ImageRemoval> Removed, long Reclaimed) Prune(bool danglingOnly, Predicate<Image> selected)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            throw new EngineException(ErrorKind.Conflict, "a prune operation is already running");
        try
        {
            var before = _images.TotalLayerSize;
            var used = _containers.List().Select(container => container.Spec.ImageId).ToHashSet();
            var removed = new List<ImageRemoval>();
            foreach (var image in _images.List().Where(image => !used.Contains(image.Id.ToString()) && selected(image)))
                PruneOne(image, danglingOnly, removed);
            var reclaimed = before - _images.TotalLayerSize + _sweep();
            _images.PublishPrune(reclaimed);
            return (removed, reclaimed);
        }
        finally
        {
            Interlocked.Exchange(ref _running, 0);
        }
    }

    private void PruneOne(Image image, bool danglingOnly, List<ImageRemoval> removed)
    {
        var references = _images.References(image.Id);
        if (references.Count == 0 ? _images.Children(image.Id).Count > 0 : danglingOnly)
            return;
        var names = references.Count == 0 ? [image.Id.ToString()] : references.Select(reference => reference.Familiar).ToArray();
        foreach (var name in names)
        {
            try
            {
                removed.AddRange(_remover.Remove(name, force: false, prune: true));
            }
            // Came into use, or went, since the list was made.
            catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict or ErrorKind.NotFound)
            {
                return;
            }
        }
    }
}
