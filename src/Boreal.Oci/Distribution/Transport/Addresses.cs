namespace Boreal.Oci.Distribution.Transport;

/// <summary>Addresses of a registry from its root and from what it answers.</summary>
internal static class Addresses
{
    /// <summary>Other parties' query strings may be signed: not a byte of them is rewritten.</summary>
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Below(this Uri root, string path) => new($"{root.AbsoluteUri.TrimEnd('/')}/{path}");

    public static Uri WithScheme(this Uri address, string scheme) =>
        new UriBuilder(address) { Scheme = scheme, Port = address.IsDefaultPort ? -1 : address.Port }.Uri;

    /// <summary>Where <paramref name="target"/> is: a path below the root, or an address the registry gave (absolute or from the host's root).</summary>
    public static Uri Resolve(Uri root, string target) =>
        Absolute(target) ?? (target.StartsWith('/') ? new Uri(root, target) : root.Below(target));

    /// <summary>A <c>Location</c> as seen from the address that answered it; null when it is none we would go to.</summary>
    public static Uri? Redirect(Uri from, string? location)
    {
        if (string.IsNullOrEmpty(location))
            return null;
        if (location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal))
            return Absolute($"{from.Scheme}://{from.Authority}{location}");
        return Absolute(location) ?? (Uri.TryCreate(from, location, out var relative) && IsHttp(relative) ? relative : null);
    }

    public static bool HaveSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    public static Uri WithParameter(this Uri address, string name, string value)
    {
        var text = address.AbsoluteUri;
        return new Uri($"{text}{(address.Query.Length > 0 ? '&' : '?')}{name}={Uri.EscapeDataString(value)}", Verbatim);
    }

    private static Uri? Absolute(string text) =>
        !text.StartsWith('/') && Uri.TryCreate(text, Verbatim, out var absolute) && IsHttp(absolute) ? absolute : null;

    private static bool IsHttp(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
