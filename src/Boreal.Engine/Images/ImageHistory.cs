using Boreal.Engine.Errors;

namespace Boreal.Engine.Images;

/// <summary>One line of an image's history, newest first.</summary>
public sealed record ImageHistory(string Id, DateTimeOffset Created, string CreatedBy, IReadOnlyList<string>? Tags, long Size, string Comment)
{
    private const string Missing = "<missing>";

    public static IReadOnlyList<ImageHistory> Of(Image image, ImageStore images)
    {
        var lines = new List<ImageHistory>();
        var layer = 0;
        foreach (var step in image.Config.History ?? [])
        {
            long size = 0;
            if (step.EmptyLayer is not true)
            {
                if (layer >= image.LayerChain.Count)
                    throw new EngineException(ErrorKind.Internal, "too many non-empty layers in History section");
                size = images.LayerSize(image.LayerChain[layer++]);
            }

            lines.Add(new ImageHistory(Missing, step.Created ?? DateTimeOffset.UnixEpoch, step.CreatedBy ?? "", null, size, step.Comment ?? ""));
        }

        lines.Reverse();
        var owner = image;
        for (var i = 0; i < lines.Count && owner is not null; i++)
        {
            lines[i] = lines[i] with { Id = owner.Id.ToString(), Tags = owner.RepoTags.Count > 0 ? owner.RepoTags : null };
            owner = owner.Parent is { } parent ? images.TryFind(parent.ToString()) : null;
        }

        return lines;
    }
}
