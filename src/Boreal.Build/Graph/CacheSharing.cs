namespace Boreal.Build.Graph;

/// <summary>How steps that run at the same time use one cache folder. The numbers are part of cached results.</summary>
public enum CacheSharing
{
    Shared = 0,
    Private = 1,
    Locked = 2,
}
