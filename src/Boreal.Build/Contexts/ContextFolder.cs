using Boreal.Linux.Descriptors;

namespace Boreal.Build.Contexts;

/// <summary>A client's folder as it was when it was received; nobody changes it until it is disposed of.</summary>
internal sealed class ContextFolder(string path, FileDescriptor descriptor, FolderMemory memory, Action release) : IDisposable
{
    private bool _disposed;

    public string Path { get; } = path;

    public FileDescriptor Descriptor { get; } = descriptor;

    /// <summary>What is known about its content.</summary>
    public FolderMemory Memory { get; } = memory;

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Descriptor.Dispose();
        release();
    }
}
