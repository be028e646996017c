namespace Boreal.Compose.Schema;

/// <summary>How a path in a file becomes absolute.</summary>
internal enum PathRule
{
    None,

    /// <summary>A path of this machine.</summary>
    Local,

    /// <summary>A path, a URL, or another service's image.</summary>
    Context,

    /// <summary>A path with its symbolic links resolved.</summary>
    Resolved,

    /// <summary>The source of a volume, if it is a bind mount.</summary>
    BindSource,

    /// <summary>The device of a local volume with bind options.</summary>
    VolumeDevice,
}
