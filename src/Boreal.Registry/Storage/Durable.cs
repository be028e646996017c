using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Registry.Storage;

/// <summary>Waits for the disk, on a thread of its own: the pool's few are for requests.</summary>
internal static class Durable
{
    public static Task FileAsync(SafeFileHandle file) => OnOwnThread(() => RandomAccess.FlushToDisk(file));

    /// <summary>Names made, replaced and removed in a folder are on the disk when this is done.</summary>
    public static Task FolderAsync(string path) => OnOwnThread(() =>
    {
        using var folder = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
        folder.Sync();
    });

    private static Task OnOwnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
