using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Errors;

/// <summary>A request that is refused: what the client reads, and the status when it is not the code's own.</summary>
internal sealed class RegistryException(RegistryErrorCode code, string message, int? status = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public RegistryErrorCode Code => code;

    public int Status => status ?? ErrorCodes.StatusOf(code);

    /// <summary>What the message is about, for programs; null is nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Headers that belong to the refusal.</summary>
    public Action<IHeaderDictionary>? Headers { get; init; }

    public static RegistryException BlobUnknown(string digest) =>
        new(RegistryErrorCode.BlobUnknown, "blob unknown to registry") { Detail = digest };

    public static RegistryException ManifestUnknown(string reference) =>
        new(RegistryErrorCode.ManifestUnknown, "manifest unknown") { Detail = reference };

    public static RegistryException NameUnknown(string name) =>
        new(RegistryErrorCode.NameUnknown, "repository name not known to registry") { Detail = name };

    public static RegistryException UploadUnknown(string id) =>
        new(RegistryErrorCode.BlobUploadUnknown, "blob upload unknown to registry") { Detail = id };

    public static RegistryException ManifestInvalid(string why) => new(RegistryErrorCode.ManifestInvalid, $"manifest invalid: {why}");

    public static RegistryException Unsupported(string why) => new(RegistryErrorCode.Unsupported, why);
}
