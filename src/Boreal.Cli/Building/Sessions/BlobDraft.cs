using System.Security.Cryptography;
using Boreal.Oci.Content;
using Grpc.Core;

namespace Boreal.Cli.Building.Sessions;

/// <summary>A blob that is being written. It gets its place only when its content is what it should be.</summary>
internal sealed class BlobDraft : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _path;
    private readonly Func<Digest, string> _place;
    private readonly FileStream _file;

    public BlobDraft(string path, Func<Digest, string> place)
    {
        (_path, _place) = (path, place);
        _file = new FileStream(path, FileMode.CreateNew);
    }

    /// <summary>In bytes.</summary>
    public long Length => _file.Length;

    public void Append(ReadOnlySpan<byte> data)
    {
        _hash.AppendData(data);
        _file.Write(data);
    }

    /// <summary>Returns the digest.</summary>
    public string Commit(string expected, long size)
    {
        var digest = Digest.FromSha256(_hash.GetCurrentHash());
        if (expected.Length > 0 && digest.Value != expected) throw new RpcException(new Status(StatusCode.FailedPrecondition, $"unexpected commit digest {digest.Value}, expected {expected}"));
        if (size > 0 && size != Length) throw new RpcException(new Status(StatusCode.FailedPrecondition, $"unexpected commit size {Length}, expected {size}"));
        _file.Flush(flushToDisk: true);
        var target = _place(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? "/");
        File.Move(_path, target, overwrite: true);
        return digest.Value;
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
        File.Delete(_path);
    }
}
