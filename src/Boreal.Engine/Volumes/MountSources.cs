namespace Boreal.Engine.Volumes;

/// <summary>What a container has mounted, kept mounted on the host for as long as this is held.</summary>
internal sealed class MountSources(IReadOnlyList<MountSource> entries, IReadOnlyList<IDisposable> holds) : IDisposable
{
    public IReadOnlyList<MountSource> Entries => entries;

    public void Dispose()
    {
        foreach (var hold in holds)
            hold.Dispose();
    }
}
