namespace Boreal.Build.Graph;

/// <summary>One change of files. Paths are absolute within the tree.</summary>
public abstract record FileAction
{
    private protected FileAction()
    {
    }

    /// <summary>Part of an operation's form: it never changes, whatever the type is called.</summary>
    internal abstract string Kind { get; }

    internal abstract void Write(CanonicalWriter writer);
}
