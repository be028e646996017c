namespace Boreal.Build.Graph;

/// <summary>What network a program runs in. The numbers are part of cached results.</summary>
public enum RunNetwork
{
    /// <summary>The build's own.</summary>
    Default = 0,
    Host = 1,
    None = 2,
}
