namespace Boreal.BuildWire.Protocol;

/// <summary>The methods that clients answer, by their full names.</summary>
internal static class SessionMethods
{
    public const string CheckHealth = "/grpc.health.v1.Health/Check";
    public const string ReadFiles = "/moby.filesync.v1.FileSync/DiffCopy";
    public const string SendFiles = "/moby.filesync.v1.FileSend/DiffCopy";
    public const string Credentials = "/moby.filesync.v1.Auth/Credentials";
    public const string FetchToken = "/moby.filesync.v1.Auth/FetchToken";
    public const string GetSecret = "/moby.buildkit.secrets.v1.Secrets/GetSecret";
    public const string CheckAgent = "/moby.sshforward.v1.SSH/CheckAgent";
    public const string ForwardAgent = "/moby.sshforward.v1.SSH/ForwardAgent";
    public const string DescribeContent = "/containerd.services.content.v1.Content/Info";
    public const string ReadContent = "/containerd.services.content.v1.Content/Read";
    public const string WriteContent = "/containerd.services.content.v1.Content/Write";
    public const string Upload = "/moby.upload.v1.Upload/Pull";
}
