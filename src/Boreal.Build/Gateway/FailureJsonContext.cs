using System.Text.Json.Serialization;

namespace Boreal.Build.Gateway;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FailedStep))]
[JsonSerializable(typeof(FailedSource))]
internal sealed partial class FailureJsonContext : JsonSerializerContext;

internal sealed record FailedStep(string Digest);

internal sealed record FailedSource(FailedFile Info, IReadOnlyList<FailedRange> Ranges);

internal sealed record FailedFile(string Filename, ReadOnlyMemory<byte> Data, string Language);

internal sealed record FailedRange(FailedPosition Start, FailedPosition End);

internal sealed record FailedPosition(int Line);
