namespace Boreal.Oci.Content;

/// <summary>How a stream is compressed, as its first bytes tell.</summary>
public enum Compression
{
    None,
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}
