using System.Text.Json;
using Boreal.Cli.Output;
using Boreal.Cli.Parsing;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Images;

/// <summary>One line of an image listing: an image under one of its names.</summary>
internal sealed record ImageRow(JsonElement Image, string Repository, string Tag, string Digest)
{
    private const string None = "<none>";

    private long Size => Image.Number("Size");

    private long SharedSize => Image.Number("SharedSize");

    public static TypedColumns<ImageRow> Columns(bool truncate, TimeProvider clock) => new TypedColumns<ImageRow>("*formatter.imageContext")
        .Add("Containers", "CONTAINERS", row => row.Image.Number("Containers") is var count && count is -1 ? "N/A" : $"{count}")
        .Add("CreatedAt", "CREATED AT", row => Texts.GoTime(row.Created, clock.LocalTimeZone))
        .Add("CreatedSince", "CREATED", row => Units.Duration(clock.GetUtcNow() - row.Created) + " ago")
        .Add("Digest", "DIGEST", row => row.Digest)
        .Add("ID", "IMAGE ID", row => truncate ? Texts.ShortId(row.Image.Text("Id")) : row.Image.Text("Id"))
        .Add("Repository", "REPOSITORY", row => row.Repository)
        .Add("SharedSize", "SHARED SIZE", row => row.SharedSize is -1 ? "N/A" : Units.Size(row.SharedSize))
        .Add("Size", "SIZE", row => Units.Size(row.Size, 3))
        .Add("Tag", "TAG", row => row.Tag)
        .Add("UniqueSize", "UNIQUE SIZE", row => row.Size is -1 || row.SharedSize is -1 ? "N/A" : Units.Size(row.Size - row.SharedSize))
        .Add("VirtualSize", "SIZE", row => Units.Size(row.Size));

    /// <summary>A line per name; with digests, a line per name and digest.</summary>
    public static IEnumerable<ImageRow> Of(JsonElement image, bool needsDigest, bool showsDigests)
    {
        var tags = image.Texts("RepoTags").Where(name => name is not "<none>:<none>").Select(ImageNames.Split).ToList();
        var digests = image.Texts("RepoDigests").Where(name => name is not "<none>@<none>").Select(SplitDigest).ToList();
        if (tags.Count is 0 && digests.Count is 0) return [new ImageRow(image, None, None, None)];
        var rows = new List<ImageRow>();
        foreach (var (repository, tag) in tags)
        {
            var own = needsDigest ? digests.Where(digest => digest.Repository == repository).Select(digest => digest.Digest).ToList() : [];
            if (own.Count is 0) own.Add(None);
            rows.AddRange(own.Select(digest => new ImageRow(image, FamiliarNames.Shorten(repository), tag, digest)));
        }

        rows.AddRange(digests.Where(digest => tags.TrueForAll(tag => tag.Repository != digest.Repository))
            .Select(digest => new ImageRow(image, FamiliarNames.Shorten(digest.Repository), None, showsDigests ? digest.Digest : "")));
        return rows;
    }

    private DateTimeOffset Created => DateTimeOffset.FromUnixTimeSeconds(Image.Number("Created"));

    private static (string Repository, string Digest) SplitDigest(string name)
    {
        var at = name.IndexOf('@');
        return at < 0 ? (name, "") : (name[..at], name[(at + 1)..]);
    }
}
