namespace Boreal.Build.Graph;

/// <summary>What a mount shows. The numbers are part of cached results.</summary>
public enum MountKind
{
    Bind = 0,
    Cache = 1,
    Tmpfs = 2,
    Secret = 3,
    Ssh = 4,
}
