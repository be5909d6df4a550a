#if !NANOFRAMEWORK_1_0
using System.IO;

namespace IoTNet.Boards
{
    // The servers that the desktop asks: those of resolv.conf(5). Elsewhere (Windows) there is no such file, and none are told.
    internal static class LinkNameServers
    {
        private const string Path = "/etc/resolv.conf";

        public static int Get(IPAddress[] servers)
        {
            int count = 0;
            try
            {
                foreach (string line in File.ReadLines(Path))
                {
                    string[] words = line.Split(new[] { ' ', '\t' }, System.StringSplitOptions.RemoveEmptyEntries);
                    if (count < servers.Length && words.Length > 1 && words[0] == "nameserver" && IPAddress.TryParse(words[1], out IPAddress address))
                    {
                        servers[count++] = address;
                    }
                }
            }
            catch (System.Exception e) when (e is IOException || e is System.UnauthorizedAccessException)
            {
                return 0;
            }

            return count;
        }
    }
}
#endif
