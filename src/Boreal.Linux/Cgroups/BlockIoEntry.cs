namespace Boreal.Linux.Cgroups;

/// <summary>One counter of one block device; the operation is the kernel's word, for example <c>Read</c>.</summary>
public readonly record struct BlockIoEntry(ulong Major, ulong Minor, string Operation, ulong Value);
