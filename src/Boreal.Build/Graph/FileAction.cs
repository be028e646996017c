namespace Boreal.Build.Graph;

/// <summary>One change of files. Paths are absolute within the tree.</summary>
public abstract record FileAction
{
    private protected FileAction()
    {
    }

    internal abstract void Write(CanonicalWriter writer);
}
