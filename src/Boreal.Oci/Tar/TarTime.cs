namespace Boreal.Oci.Tar;

/// <summary>Seconds since 1970 and nanoseconds.</summary>
public readonly record struct TarTime(long Seconds, uint Nanoseconds);
