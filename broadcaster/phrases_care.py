"""The phrases of what keeps a station going: its data and disk, its backups, its voices, its sign of life."""

from __future__ import annotations

import errno
import os

ERRORS = {
    "backup-bad": "Tệp {path} không phải bản sao lưu của Tiếng Loa. Hãy chọn đúng tệp đã lưu bằng lệnh backup.",
    "backup-damaged": "Bản sao lưu {path} bị hỏng nên không dùng được; dữ liệu đang có vẫn nguyên. Hãy chọn bản sao lưu khác.",
    "backup-busy": "Trạm đang chạy trên thư mục này. Hãy tắt trạm rồi khôi phục lại.",
    "backup-running": "Đang sao lưu rồi. Hãy chờ lần đó xong.",
    "backup-unknown": "Không còn bản sao lưu {name} trên máy này. Hãy xem lại trang Sao lưu.",
    "data-not-writable": "Không ghi được vào thư mục dữ liệu {path} ({detail}). Hãy cấp quyền ghi hoặc chọn thư mục khác bằng --data.",
    "database-busy": "Cơ sở dữ liệu đang bận vì một việc khác đang ghi. Hãy chờ vài giây rồi làm lại.",
    "database-closed": "Không mở được tệp cơ sở dữ liệu {path}. Hãy kiểm tra thư mục còn đó và quyền đọc, ghi của tài khoản đang chạy lệnh.",
    "database-damaged": "Cơ sở dữ liệu {path} bị hỏng. Hãy tắt trạm rồi khôi phục bản sao lưu gần nhất: broadcaster restore TỆP. Tệp hỏng không mất: nó được cất vào before-restore.",
    "database-lost": "Cơ sở dữ liệu {path} đã mất hoặc rỗng, trong khi thư mục vẫn còn bản ghi. Hãy khôi phục bản sao lưu gần nhất: broadcaster restore TỆP; hoặc dùng thư mục khác bằng --data để bắt đầu lại từ đầu.",
    "database-newer": "Dữ liệu trong {path} do bản Tiếng Loa mới hơn bản này tạo ra. Hãy cài bản Tiếng Loa mới, hoặc khôi phục bản sao lưu của bản này vào thư mục khác bằng --data.",
    "database-unknown": "Không mở được cơ sở dữ liệu {url}: địa chỉ chưa đúng hoặc máy thiếu trình điều khiển của nó. Hãy sửa BROADCASTER_DATABASE, hoặc bỏ đi để dùng cơ sở dữ liệu có sẵn.",
    "database-unusable": "Cơ sở dữ liệu {path} không dùng được ({detail}). Hãy kiểm tra máy chủ cơ sở dữ liệu và BROADCASTER_DATABASE.",
    "disk": "Không ghi được tệp {path} ({detail}). Hãy kiểm tra đường dẫn, quyền ghi và chỗ trống trên đĩa.",
    "station-dead": "Trạm chưa chạy. Hãy chạy: broadcaster run.",
    "station-mute": "Trạm đang chạy và chương trình đang phát vẫn phát tiếp, nhưng không ghi được vào thư mục dữ liệu ({detail}) nên không nhận lệnh. Hãy xóa bớt tệp không dùng, kiểm tra quyền ghi rồi làm lại.",
    "station-running": "Đã có một trạm đang chạy với thư mục dữ liệu {path}. Hãy dùng trạm đó, hoặc chọn thư mục khác bằng --data.",
    "station-stuck": "Trạm đang chạy nhưng không trả lời. Hãy chờ nửa phút: trạm bị treo sẽ tự khởi động lại. Nếu vẫn vậy, hãy khởi động lại máy.",
    "target-ours": "{path} là tệp của chính trạm, ghi đè thì mất dữ liệu. Hãy chọn nơi khác để ghi.",
    "voice-damaged": "Tệp giọng đọc tải về bị hỏng (sai mã kiểm tra: {file}) nên đã bỏ. Hãy chạy lại lệnh; nếu vẫn vậy, chép giọng từ máy khác qua USB: broadcaster voice install {name} --from THƯ_MỤC.",
    "voice-disk-full": "Đĩa không đủ chỗ cho giọng {name} (cần {need} MB, còn {free} MB). Hãy xóa bớt tệp không dùng rồi chạy lại lệnh.",
    "voice-kept": "Giọng {name} không phải giọng cài thêm nên không gỡ được.",
    "voice-missing": "Kho giọng không có tệp {file}. Hãy xem tên đúng bằng: broadcaster voice list.",
    "voice-network": "Chưa tải được giọng {name}: {why}. Phần đã tải được giữ lại: chạy lại lệnh khi có mạng để tải tiếp. Máy không có mạng: tải hai tệp {name}.onnx và {name}.onnx.json ở máy khác, chép qua USB rồi chạy: broadcaster voice install {name} --from THƯ_MỤC.",
    "voice-unknown": "Không có giọng đọc “{name}”. Các giọng dùng được: {known}. Cài giọng tự nhiên bằng: broadcaster voice install vi_VN-vais1000-medium.",
    "voice-unusable": "Giọng {name} không đọc được ({detail}). Tệp có thể hỏng hoặc không phải giọng Piper; hãy chép hoặc tải lại.",
    "voices-url-bad": "Địa chỉ kho giọng “{url}” chưa đúng. Hãy sửa BROADCASTER_VOICES_URL thành địa chỉ bắt đầu bằng https:// hoặc http://, hoặc bỏ đi để dùng kho có sẵn.",
}
TROUBLES = {  # what the system answers when a file can't be written
    os.strerror(number): text
    for number, text in {
        errno.EACCES: "không có quyền",
        errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
        errno.EEXIST: "đã có tệp trùng tên",
        errno.EIO: "đĩa hỏng",
        errno.EISDIR: "đây là một thư mục",
        errno.ENAMETOOLONG: "tên quá dài",
        errno.ENOENT: "không có thư mục này",
        errno.ENOSPC: "đĩa đã đầy",
        errno.ENOTDIR: "trên đường dẫn có một tệp chứ không phải thư mục",
        errno.EPERM: "không được phép",
        errno.EROFS: "đĩa chỉ cho đọc",
    }.items()
}
LINES = {  # why nothing came over the network
    "broken": "đường truyền bị đứt",
    "nowhere": "máy không vào được mạng hoặc không tìm thấy địa chỉ kho giọng",
    "refused": "máy chủ không nhận kết nối",
    "server": "kho giọng đang trục trặc",
    "slow": "mạng quá chậm, chờ mãi không có trả lời",
    "untrusted": "không xác nhận được máy chủ, thường do ngày giờ của máy sai",
}
