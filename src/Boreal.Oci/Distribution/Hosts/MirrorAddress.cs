namespace Boreal.Oci.Distribution.Hosts;

/// <summary>Checks what is given as a mirror of Docker Hub, with dockerd's words.</summary>
internal static class MirrorAddress
{
    /// <exception cref="FormatException">The text is no address of a mirror.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw new FormatException($"invalid mirror: \"{text}\" is not a valid URI");
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            throw new FormatException($"invalid mirror: unsupported scheme \"{address.Scheme}\" in \"{text}\"");
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new FormatException($"invalid mirror: query or fragment at end of the URI \"{text}\"");
        if (address.UserInfo.Length > 0)
            throw new FormatException("invalid mirror: username/password not allowed in URI");
        return new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/v2");
    }
}
