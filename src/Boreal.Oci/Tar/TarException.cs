namespace Boreal.Oci.Tar;

/// <summary>The stream is not a tar archive we can read.</summary>
public sealed class TarException(string message) : IOException(message)
{
    public static TarException InvalidHeader() => new("archive/tar: invalid tar header");

    public static TarException Truncated() => new("unexpected EOF");
}
