using Boreal.Oci.Content;
using Boreal.Registry.Errors;

namespace Boreal.Registry.Repositories;

/// <summary>Digests as requests give them.</summary>
internal static class Digests
{
    /// <exception cref="RegistryException">The text is no digest, or of an algorithm we do not have.</exception>
    public static Digest Parse(string? text) =>
        Digest.TryParse(text, out var digest)
            ? digest
            : throw new RegistryException(RegistryErrorCode.DigestInvalid, "invalid digest: use sha256 or sha512 and lower-case hexadecimal digits") { Detail = text };
}
