using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>
/// The SHA-256 of a received file, kept with the file itself so that it lives and dies with it. It holds as long as size and
/// modification time are the received ones, which nobody but the receiver changes.
/// </summary>
internal static class ContextDigest
{
    /// <summary>Not to be copied with the file.</summary>
    public const string Attribute = "trusted.boreal.sha256";

    /// <summary>Null when it has to be computed.</summary>
    public static byte[]? Get(FileDescriptor directory, string name) =>
        ExtendedAttributes.Get(directory, name, Attribute) is { Length: 32 } digest ? digest : null;

    // Where the file system keeps no attributes, digests are computed when they are asked for.
    internal static void Set(FileDescriptor file, ReadOnlySpan<byte> digest) => _ = ExtendedAttributes.TrySet(file, Attribute, digest);
}
