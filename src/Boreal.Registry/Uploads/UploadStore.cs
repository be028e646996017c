using System.Collections.Concurrent;
using System.Text.Json;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Json;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Uploads;

/// <summary>The uploads that are open, found again after a restart.</summary>
internal sealed class UploadStore(DataPaths paths, RegistryOptions options, TimeProvider clock)
{
    private const string RecordName = "upload.json";

    private readonly ConcurrentDictionary<string, Upload> _open = new();

    public int Count => _open.Count;

    /// <summary>Finds what a former process left; what cannot be gone on with is removed.</summary>
    public void Scan()
    {
        Directory.CreateDirectory(paths.Uploads);
        foreach (var file in Directory.EnumerateFiles(paths.Uploads))
            File.Delete(file);
        foreach (var folder in Directory.EnumerateDirectories(paths.Uploads))
        {
            if (Read(folder) is { } upload)
                _open[upload.Id] = upload;
            else
                Directory.Delete(folder, recursive: true);
        }
    }

    public Upload Begin(RepositoryName repository, DigestAlgorithm algorithm)
    {
        if (_open.Count >= options.MostUploads)
            throw new RegistryException(RegistryErrorCode.TooManyRequests, "too many uploads are open") { Headers = headers => headers.RetryAfter = "30" };
        // Who knows the id may write: it must not be guessed.
        var folder = Path.Combine(paths.Uploads, Guid.NewGuid().ToString());
        var record = new UploadRecord(repository.Value, algorithm);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, RecordName), JsonSerializer.SerializeToUtf8Bytes(record, RegistryJson.Default.UploadRecord));
        var upload = new Upload(record, folder, clock);
        return _open[upload.Id] = upload;
    }

    /// <exception cref="RegistryException">There is no such upload to this repository.</exception>
    public Upload Find(RepositoryName repository, string id) =>
        _open.TryGetValue(id, out var upload) && upload.Repository == repository ? upload : throw RegistryException.UploadUnknown(id);

    /// <summary>Removes an upload, complete or not. Its claim must be held.</summary>
    public void End(Upload upload)
    {
        upload.End();
        if (_open.TryRemove(KeyValuePair.Create(upload.Id, upload)))
            Directory.Delete(upload.Folder, recursive: true);
    }

    /// <summary>Removes uploads that have rested too long.</summary>
    /// <returns>How many, or how many would be removed.</returns>
    public async Task<int> ExpireAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var resting = _open.Values.Where(upload => clock.GetUtcNow() - upload.LastUsed >= options.UploadTimeout).ToList();
        if (dryRun)
            return resting.Count;
        foreach (var upload in resting)
        {
            if (await upload.TryClaimAsync(cancellationToken) is not { } claim)
                continue;
            using (claim)
                End(upload);
        }
        return resting.Count;
    }

    private Upload? Read(string folder)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, RecordName)), RegistryJson.Default.UploadRecord);
            return record is null ? null : new Upload(record, folder, clock);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or RegistryException)
        {
            // Killed while it began.
            return null;
        }
    }
}
