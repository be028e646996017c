using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Oci.References;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>The filters of <c>GET /images/json</c> and of prune.</summary>
internal sealed class ImageFilter
{
    private readonly FilterSet _filters;
    private readonly bool? _dangling;
    private readonly List<DateTimeOffset> _before;
    private readonly List<DateTimeOffset> _since;

    /// <summary>A value that can't be meant is refused here, whatever images there are.</summary>
    public ImageFilter(FilterSet filters, ImageStore images, TimeProvider time)
    {
        _filters = filters;
        _dangling = filters.Has("dangling") ? filters.GetBool("dangling", whenMissing: false) : null;
        _before = [.. filters.Get("before").Select(name => images.Find(name).Created), .. filters.Get("until").Select(text => ParseTime(text, time))];
        _since = [.. filters.Get("since").Select(name => images.Find(name).Created)];
    }

    public bool Passes(Image image) =>
        (_dangling is null || _dangling == (image.RepoTags.Count == 0 && image.RepoDigests.Count == 0))
        && PassesLabels(image)
        && PassesTimes(image);

    public bool PassesTimes(Image image) => _before.TrueForAll(time => image.Created < time) && _since.TrueForAll(time => image.Created > time);

    /// <summary>Labels wanted and labels not wanted.</summary>
    public bool PassesLabels(Image image)
    {
        var labels = image.Config.Config?.Labels ?? new Dictionary<string, string>();
        return _filters.MatchesLabels("label", labels) && !_filters.Get("label!").Any(wanted => IsLabelled(wanted, labels));
    }

    /// <summary>The image with the names the <c>reference</c> filter lets through; null when none is.</summary>
    public Image? Select(Image image)
    {
        if (!_filters.Has("reference"))
            return image;
        var tags = image.RepoTags.Where(MatchesReference).ToList();
        var digests = image.RepoDigests.Where(MatchesReference).ToList();
        return tags.Count + digests.Count == 0 ? null : image with { RepoTags = tags, RepoDigests = digests };
    }

    private bool MatchesReference(string name) =>
        _filters.MatchesAny("reference", pattern => IsMatch(pattern, ImageReference.Parse(name)));

    // As Docker: the pattern is tried on the name with its tag and, when that fails, on the bare name.
    private static bool IsMatch(string pattern, ImageReference reference)
    {
        var glob = Glob(pattern);
        return glob.IsMatch(reference.Familiar) || glob.IsMatch(reference.FamiliarName);
    }

    private static Regex Glob(string pattern) =>
        new("\\A" + Regex.Escape(pattern).Replace("\\*", "[^/]*").Replace("\\?", "[^/]").Replace("\\[", "[") + "\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static bool IsLabelled(string wanted, IReadOnlyDictionary<string, string> labels)
    {
        var equals = wanted.IndexOf('=');
        return labels.TryGetValue(equals < 0 ? wanted : wanted[..equals], out var value) && (equals < 0 || value == wanted[(equals + 1)..]);
    }

    // Unix seconds, RFC 3339, or a Go duration back from now.
    private static DateTimeOffset ParseTime(string text, TimeProvider time)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return DateTimeOffset.UnixEpoch.AddSeconds((double)seconds);
        if (ImageImport.TryParseDuration(text, out var back))
            return time.GetUtcNow() - back;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var point)
            ? point
            : throw new EngineException(ErrorKind.Invalid, $"failed to parse value as time or duration: \"{text}\"");
    }
}
