namespace Boreal.Registry.Metrics;

/// <summary>How the registry is: for monitoring and for load balancers.</summary>
internal sealed class SiteReport(RegistryOptions options, RegistryApplication application, RequestMetrics requests, TimeProvider clock)
{
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public string Metrics()
    {
        var text = new MetricsText();
        AddRequests(text);
        text.Single("boreal_registry_requests_under_way", "gauge", "Requests being answered.", requests.UnderWay)
            .Single("boreal_registry_received_bytes_total", "counter", "Bytes of blobs received.", requests.ReceivedBytes)
            .Single("boreal_registry_sent_bytes_total", "counter", "Bytes that answers announced.", requests.SentBytes)
            .Single("boreal_registry_repositories", "gauge", "Repositories that have had a manifest.", application.RepositoryCount)
            .Single("boreal_registry_uploads_open", "gauge", "Uploads that have begun and not ended.", application.UploadCount);
        if (Disk() is { } disk)
        {
            text.Single("boreal_registry_disk_free_bytes", "gauge", "Free bytes of the data folder's disk.", disk.AvailableFreeSpace)
                .Single("boreal_registry_disk_size_bytes", "gauge", "Size of the data folder's disk.", disk.TotalSize);
        }
        return text
            .Single("process_resident_memory_bytes", "gauge", "Memory of the process.", Environment.WorkingSet)
            .Single("process_start_time_seconds", "gauge", "When the registry was started, since 1970.", _started.ToUnixTimeMilliseconds() / 1000.0)
            .ToString();
    }

    /// <summary>What keeps the registry from working; null when nothing does.</summary>
    public string? Problem()
    {
        if (!Directory.Exists(options.DataRoot))
            return $"{options.DataRoot} is gone";
        return Disk() is { AvailableFreeSpace: 0 } ? $"no space left for {options.DataRoot}" : null;
    }

    private void AddRequests(MetricsText text)
    {
        var counts = requests.Counts.ToList();
        text.Family("boreal_registry_requests_total", "counter", "Requests answered.");
        foreach (var count in counts)
            text.Sample("boreal_registry_requests_total", count.Count, ("route", count.Route), ("method", count.Method), ("status", $"{count.Status}"));
        text.Family("boreal_registry_request_seconds_total", "counter", "Time that requests took together.");
        foreach (var count in counts)
            text.Sample("boreal_registry_request_seconds_total", count.Microseconds / 1e6, ("route", count.Route), ("method", count.Method), ("status", $"{count.Status}"));
    }

    private DriveInfo? Disk()
    {
        try
        {
            var disk = new DriveInfo(options.DataRoot);
            return disk.TotalSize > 0 ? disk : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Some file systems tell nothing of their size.
            return null;
        }
    }
}
