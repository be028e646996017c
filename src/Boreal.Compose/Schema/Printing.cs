namespace Boreal.Compose.Schema;

/// <summary>Values that <c>config</c> prints otherwise than they are written.</summary>
internal enum Printing
{
    AsIs,

    /// <summary>Pairs as a mapping; without a value they are null.</summary>
    Variables,

    /// <summary>Pairs as a mapping; without a value they are empty.</summary>
    Pairs,

    /// <summary>Words of a command line, as a list.</summary>
    Command,

    /// <summary>A text is a shell's command.</summary>
    HealthTest,

    /// <summary>A number, or both limits.</summary>
    Ulimit,

    /// <summary>The path, unless the file may be missing.</summary>
    EnvironmentFile,

    /// <summary>Sorted <c>name=address</c>.</summary>
    Hosts,

    /// <summary>Sorted <c>id: path</c>.</summary>
    SshKeys,

    /// <summary>A single text as a list.</summary>
    List,

    /// <summary><c>true</c>, or nothing.</summary>
    External,

    /// <summary>With keys in lower case instead of their own.</summary>
    Device,
}
