namespace Boreal.Oci.Distribution;

/// <summary>What a registry says about the caller's share, as in <c>RateLimit-Limit: 100;w=21600</c>.</summary>
public sealed record RateLimit(int Limit, int? Remaining, TimeSpan? Window);
