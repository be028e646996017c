using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Boreal.Build.Contexts;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>
/// The SHA-256 of what was chosen of a tree: names, kinds, modes, owners, content and where links lead, but no times.
/// Not for use by several threads.
/// </summary>
/// <param name="isReceived">The files are a received folder's, whose digests are noted with them; in any other tree such a note is anybody's.</param>
internal sealed class SelectionDigest(bool isReceived) : ISelectionHandler, IDisposable
{
    private const string Capability = "security.capability";
    private const int PieceBytes = 256 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Tells apart what comes next.</summary>
    public void Begin(string name) => Append(PathText.Encode(name));

    public byte[] Complete() => _hash.GetHashAndReset();

    public void Enter(in SelectedEntry folder, bool isChosen) => Describe(folder);

    public void Leave(in SelectedEntry folder) => Append("/"u8);

    public void Take(in SelectedEntry entry)
    {
        Describe(entry);
        switch (entry.Status.Kind)
        {
            case FileKind.Regular:
                Append((isReceived ? ContextDigest.Get(entry.Folder, entry.Name) : null) ?? Compute(entry));
                Append(ExtendedAttributes.Get(entry.Folder, entry.Name, Capability) ?? []);
                break;
            case FileKind.SymbolicLink:
                Append(PathText.Encode(NodeAt.ReadLink(entry.Folder, entry.Name)));
                break;
            case FileKind.CharacterDevice or FileKind.BlockDevice:
                Append(entry.Status.DeviceMajor);
                Append(entry.Status.DeviceMinor);
                break;
        }
    }

    public void Dispose() => _hash.Dispose();

    private void Describe(in SelectedEntry entry)
    {
        Append(PathText.Encode(entry.Path));
        Append(entry.Status.Mode);
        Append(entry.Status.Uid);
        Append(entry.Status.Gid);
    }

    private static byte[] Compute(in SelectedEntry entry)
    {
        using var file = OpenAt.Open(entry.Folder, entry.Name, OpenFlags.ReadOnly | OpenAt.NoFollow | OpenFlags.NonBlocking | OpenFlags.NoTerminal, ResolveFlags.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int count;
            while ((count = file.TryRead(buffer)) > 0)
                hash.AppendData(buffer, 0, count);
            return count == 0 ? hash.GetHashAndReset() : throw new LinuxException(-count, "read", entry.Path);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Append((uint)bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Append(uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
