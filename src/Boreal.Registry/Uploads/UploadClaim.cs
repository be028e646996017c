namespace Boreal.Registry.Uploads;

/// <summary>The right to write to an upload, until it is disposed.</summary>
internal sealed class UploadClaim(Action release, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Cancelled when somebody else takes over.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    public void Dispose() => release();
}
