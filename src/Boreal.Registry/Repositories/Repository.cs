using System.Diagnostics.CodeAnalysis;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Repositories;

/// <summary>One repository: its state in memory and the index file, which change together, one change at a time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "a SemaphoreSlim whose wait handle is never asked for owns nothing")]
internal sealed class Repository(RepositoryName name, RepositoryState state, DataPaths paths)
{
    private readonly SemaphoreSlim _gate = new(1);
    private RepositoryState _state = state;

    public RepositoryName Name => name;

    public RepositoryState State => Volatile.Read(ref _state);

    /// <summary>Changes the state; what is returned is on the disk. The function runs while nothing else changes and may be refused by throwing.</summary>
    public async Task<RepositoryState> ChangeAsync(Func<RepositoryState, RepositoryState> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var next = change(_state);
            if (ReferenceEquals(next, _state))
                return next;
            await WriteAsync(next);
            Volatile.Write(ref _state, next);
            return next;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs while nothing changes.</summary>
    public async Task HoldAsync(Func<RepositoryState, Task> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await action(_state);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Not to be cancelled: the file may be in place when the caller has gone.</summary>
    private async Task WriteAsync(RepositoryState next)
    {
        RepositoryFolder.Ensure(paths, name);
        var folder = paths.Repository(name);
        var temporary = Path.Combine(folder, $"_{DataPaths.IndexName}");
        try
        {
            await using var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 << 10);
            IndexFile.Write(file, next);
            await file.FlushAsync(CancellationToken.None);
            await Durable.FileAsync(file.SafeFileHandle);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
        File.Move(temporary, paths.Index(name), overwrite: true);
        await Durable.FolderAsync(folder);
    }
}
