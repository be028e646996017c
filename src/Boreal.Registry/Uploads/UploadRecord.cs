namespace Boreal.Registry.Uploads;

/// <summary>What is remembered of an upload across restarts, beside its bytes.</summary>
internal sealed record UploadRecord(string Repository, string Algorithm);
