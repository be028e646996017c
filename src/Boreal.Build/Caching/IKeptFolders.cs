namespace Boreal.Build.Caching;

/// <summary>Folders of one kind that builds keep beside the results of steps. Each lies in <see cref="Root"/> under its name.</summary>
internal interface IKeptFolders
{
    /// <summary>As clients know it: source.local, exec.cachemount, ...</summary>
    string Kind { get; }

    string Root { get; }

    bool IsInUse(string name);

    /// <summary>False when somebody uses it, or it is gone already.</summary>
    bool TryRemove(string name);
}
