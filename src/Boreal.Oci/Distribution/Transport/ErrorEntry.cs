using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>One error of a registry's answer.</summary>
internal sealed record ErrorEntry
{
    [JsonPropertyName("code")]
    public string Code { get; init; } = "UNKNOWN";

    [JsonPropertyName("message")]
    public string Message { get; init; } = "";

    [JsonPropertyName("detail")]
    public JsonElement? Detail { get; init; }

    /// <summary><c>manifest unknown: manifest unknown</c>; the code alone when the message adds nothing.</summary>
    public override string ToString()
    {
        var known = UsualMessage(Code);
        var code = known is null ? "unknown" : Code.Replace('_', ' ').ToLowerInvariant();
        var saysNothing = Message.Length == 0 || Message == known;
        if (saysNothing && Detail is null or { ValueKind: JsonValueKind.Null })
            return code;
        return $"{code}: {(Message.Length == 0 ? known : Message)}";
    }

    // The specification's codes, with the message Docker's registry gives each.
    private static string? UsualMessage(string code) => code switch
    {
        "UNAUTHORIZED" => "authentication required",
        "DENIED" => "requested access to the resource is denied",
        "MANIFEST_UNKNOWN" => "manifest unknown",
        "NAME_UNKNOWN" => "repository name not known to registry",
        "BLOB_UNKNOWN" or "MANIFEST_BLOB_UNKNOWN" => "blob unknown to registry",
        "TOOMANYREQUESTS" => "too many requests",
        "UNSUPPORTED" => "The operation is unsupported.",
        "UNAVAILABLE" => "service unavailable",
        "UNKNOWN" => "unknown error",
        "DIGEST_INVALID" => "provided digest did not match uploaded content",
        "SIZE_INVALID" => "provided length did not match content length",
        "NAME_INVALID" => "invalid repository name",
        "TAG_INVALID" => "manifest tag did not match URI",
        "MANIFEST_INVALID" => "manifest invalid",
        "MANIFEST_UNVERIFIED" => "manifest failed signature verification",
        "BLOB_UPLOAD_UNKNOWN" => "blob upload unknown to registry",
        "BLOB_UPLOAD_INVALID" => "blob upload invalid",
        _ => null,
    };
}
