using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>A file or folder that was chosen.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Path">From where the choosing began; empty for that itself.</param>
/// <param name="Status">What it is.</param>
internal readonly record struct SelectedEntry(FileDescriptor Folder, string Name, string Path, FileStatus Status);
