namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>How far a sandbox is prepared before it is known whose it will be.</summary>
internal enum SandboxKind
{
    /// <summary>Loopback only.</summary>
    Bare,

    /// <summary>With eth0, whose other end waits on the host for a bridge.</summary>
    Loose,

    /// <summary>With eth0, whose other end is on the default bridge.</summary>
    Bridged,
}
