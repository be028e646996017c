using Boreal.Cli.Building.Folders;

namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--build-context name=place</c>.</summary>
internal static class NamedContexts
{
    private const string LayoutScheme = "oci-layout://";

    /// <exception cref="FormatException">The value cannot be understood, or there is no such folder.</exception>
    public static void Add(BuildOrder order, string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0) throw new FormatException($"invalid context value: {text}, expected key=value");
        var (name, place) = (text[..equals], text[(equals + 1)..]);
        order.Attributes[$"context:{name}"] = Offer(order, name, place);
        order.Attributes["frontend.caps"] = "moby.buildkit.frontend.contexts+forward";
    }

    private static string Offer(BuildOrder order, string name, string place)
    {
        if (place.StartsWith("docker-image://", StringComparison.Ordinal) || ContextPlace.IsRemote(place)) return place;
        if (place.StartsWith(LayoutScheme, StringComparison.Ordinal)) return OfferLayout(order, place[LayoutScheme.Length..]);
        if (File.Exists(place)) throw new FormatException($"failed to get build context path {name}: {place}: not a directory");
        if (!Directory.Exists(place)) throw new FormatException($"failed to get build context {name}: stat {place}: no such file or directory");
        // The build's own two folders have these names.
        var folder = name is "context" or "dockerfile" ? "_" + name : name;
        order.Offer.Folders[folder] = new LocalFolder(Path.GetFullPath(place));
        return $"local:{folder}";
    }

    private static string OfferLayout(BuildOrder order, string place)
    {
        var (path, digest) = Cut(place, '@');
        var (folder, tag) = Cut(path, ':');
        if (!Directory.Exists(folder)) throw new FormatException($"{LayoutScheme}{place}: there is no folder {folder}");
        digest ??= LayoutIndex.Find(folder, tag ?? "latest");
        var store = Guid.NewGuid().ToString("n");
        order.Offer.Layouts[$"oci:{store}"] = Path.GetFullPath(folder);
        return $"{LayoutScheme}{store}{(tag is null ? "" : ":" + tag)}@{digest}";
    }

    private static (string Left, string? Right) Cut(string text, char mark)
    {
        var at = text.IndexOf(mark);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
