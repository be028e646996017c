using System.Collections.Concurrent;
using System.Text.Json;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Json;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Uploads;

/// <summary>The uploads that are open, found again after a restart.</summary>
internal sealed class UploadStore(DataPaths paths, RegistryOptions options)
{
    private const string RecordName = "upload.json";

    private readonly ConcurrentDictionary<string, Upload> _open = new();

    public int Count => _open.Count;

    /// <summary>Finds what a former process left; what cannot be gone on with is removed.</summary>
    public void Scan()
    {
        Directory.CreateDirectory(paths.Uploads);
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
        var id = Guid.NewGuid().ToString();
        var folder = Path.Combine(paths.Uploads, id);
        Directory.CreateDirectory(folder);
        var record = new UploadRecord(repository.Value, algorithm.ToString());
        File.WriteAllBytes(Path.Combine(folder, RecordName), JsonSerializer.SerializeToUtf8Bytes(record, RegistryJson.Default.UploadRecord));
        return _open[id] = new Upload(id, repository, algorithm, folder, 0);
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

    private static Upload? Read(string folder)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, RecordName)), RegistryJson.Default.UploadRecord);
            if (record is null || !RepositoryName.TryParse(record.Repository, out var repository) || !Enum.TryParse<DigestAlgorithm>(record.Algorithm, out var algorithm))
                return null;
            var data = new FileInfo(Upload.DataPathIn(folder));
            return new Upload(Path.GetFileName(folder), repository, algorithm, folder, data.Exists ? data.Length : 0);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            // Killed while it began.
            return null;
        }
    }
}
