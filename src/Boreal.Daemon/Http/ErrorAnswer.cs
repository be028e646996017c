using System.Text.Json.Serialization;

namespace Boreal.Daemon.Http;

/// <summary>The body of every failed request.</summary>
internal sealed record ErrorAnswer([property: JsonPropertyName("message")] string Message);
